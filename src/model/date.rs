/// A date of the Gregorian calendar as far as it is known: year, year and month, or the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day, 1 to 31 and within its month; only beside a month.
    pub day: Option<u8>,
}

impl Date {
    /// A date that exists, or `None`: the day needs a month and must lie in it.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Date> {
        let fits = match (month, day) {
            (None, None) => true,
            (None, Some(_)) => false,
            (Some(m), None) => (1..=12).contains(&m),
            (Some(m), Some(d)) => (1..=12).contains(&m) && (1..=days_in(year, m)).contains(&d),
        };
        (fits && (1..=9999).contains(&year)).then_some(Date { year, month, day })
    }

    /// The known parts joined by `separator`, two digits for month and day: `2018-08-01`.
    pub fn join(&self, separator: char) -> String {
        let digit = |n: u16| char::from(b'0' + (n % 10) as u8);
        let mut text = String::with_capacity(12);
        text.extend([1000, 100, 10, 1].map(|unit| digit(self.year / unit)));
        for part in [self.month, self.day].into_iter().flatten().map(u16::from) {
            text.extend([separator, digit(part / 10), digit(part)]);
        }
        text
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for (year, month, day, exists) in [
            (2018, Some(8), Some(1), true),
            (2018, Some(8), None, true),
            (2018, None, None, true),
            (2018, None, Some(1), false),
            (2018, Some(13), None, false),
            (2018, Some(0), None, false),
            (2018, Some(4), Some(31), false),
            (2018, Some(2), Some(29), false),
            (2024, Some(2), Some(29), true),
            (1900, Some(2), Some(29), false),
            (2000, Some(2), Some(29), true),
            (0, None, None, false),
        ] {
            let date = Date::new(year, month, day);
            assert_eq!(date.is_some(), exists, "{year} {month:?} {day:?}");
        }
    }

    #[test]
    fn the_known_parts_are_joined() {
        let date = |m, d| Date::new(987, m, d).unwrap().join('-');
        assert_eq!(date(None, None), "0987");
        assert_eq!(date(Some(2), None), "0987-02");
        assert_eq!(date(Some(2), Some(3)), "0987-02-03");
    }
}
