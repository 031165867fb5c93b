use super::ReadBack;

/// Reads a record of RIS: lines of `TAG  - value`, `TY` first, `ER` last.
pub fn read(rendered: &str) -> Result<ReadBack, String> {
    let mut back = ReadBack::default();
    let lines: Vec<&str> = rendered.trim_end_matches(['\r', '\n']).split("\r\n").collect();
    for (at, line) in lines.iter().enumerate() {
        let (tag, value) = line
            .split_at_checked(2)
            .and_then(|(tag, rest)| Some((tag, rest.strip_prefix("  - ")?)))
            .filter(|(tag, _)| tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()))
            .ok_or_else(|| format!("line {}: expected `TAG  - value`, found `{line}`", at + 1))?;
        if value.contains(|c: char| c.is_control()) {
            return Err(format!("line {}: a control character", at + 1));
        }
        let expected = (at == 0, at + 1 == lines.len());
        if (tag == "TY", tag == "ER") != expected {
            return Err(format!("line {}: {tag} out of its place", at + 1));
        }
        match tag {
            "TI" | "T1" => back.title = Some(value.to_owned()),
            "TT" => back.other_titles.push(value.to_owned()),
            "AU" | "A1" => back.authors.push(value.to_owned()),
            _ => {}
        }
        back.values.push(value.to_owned());
    }
    Ok(back)
}
