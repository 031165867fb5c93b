//! Work on all cores, in order.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, Scope, scope};

/// A thread's stack, in bytes. A template may call itself, and each call takes some of it.
const STACK: usize = 16 << 20;

type Task<'t> = Box<dyn FnOnce() + Send + 't>;

/// Sends every item through `first`, `middle`, `second` and `last`, in the order of the items
/// whatever `jobs` is: `first` and `second` run for several items at once, `middle` and `last` for one after
/// another. What is under way at a time is bounded by the number of jobs.
///
/// # Errors
/// What `last` gives; what is under way is then given up.
pub fn ordered<I: Send, A: Send, M: Send, B: Send, E>(
    jobs: usize,
    items: impl Iterator<Item = I> + Send,
    first: impl Fn(I) -> A + Sync,
    mut middle: impl FnMut(A) -> M + Send,
    second: impl Fn(M) -> B + Sync,
    mut last: impl FnMut(B) -> Result<(), E>,
) -> Result<(), E> {
    if jobs <= 1 {
        return items.map(first).try_for_each(|a| last(second(middle(a))));
    }
    let (first, second) = (&first, &second);
    let (tasks, waiting) = channel::<Task<'_>>();
    let waiting = Mutex::new(waiting);
    scope(|s| {
        let waiting = &waiting;
        for _ in 0..jobs {
            spawn(s, move || work(waiting));
        }
        let (read, to_middle) = sync_channel(jobs + 1);
        let (done, to_last) = sync_channel(jobs + 1);
        let more = tasks.clone();
        spawn(s, move || {
            for item in items {
                if !submit(&read, &tasks, move || first(item)) {
                    break;
                }
            }
        });
        spawn(s, move || {
            for part in results(to_middle) {
                let part = middle(part);
                if !submit(&done, &more, move || second(part)) {
                    break;
                }
            }
        });
        results(to_last).try_for_each(&mut last)
    })
}

fn spawn<'s>(scope: &'s Scope<'s, '_>, run: impl FnOnce() + Send + 's) {
    if let Err(error) = Builder::new().stack_size(STACK).spawn_scoped(scope, run) {
        panic!("no thread can be started ({error}): use --jobs 1");
    }
}

/// Does what is waiting, until nothing can come any more.
fn work(waiting: &Mutex<Receiver<Task<'_>>>) {
    loop {
        let task = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match task {
            Ok(task) => task(),
            Err(_) => return,
        }
    }
}

/// Puts a task into the queue and the place of its result into the order. False where nobody wants
/// the result.
fn submit<'t, T: Send + 't>(
    order: &SyncSender<Receiver<T>>,
    tasks: &Sender<Task<'t>>,
    task: impl FnOnce() -> T + Send + 't,
) -> bool {
    let (result, place) = sync_channel(1);
    // A result that nobody waits for any more is no fault.
    let task = Box::new(move || drop(result.send(task())));
    order.send(place).is_ok() && tasks.send(task).is_ok()
}

/// The results in order. One that does not come belongs to a task that panicked; the scope tells.
fn results<T>(places: Receiver<Receiver<T>>) -> impl Iterator<Item = T> {
    places.into_iter().map_while(|place| place.recv().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_items_whatever_the_jobs() {
        for jobs in [1, 2, 3, 8] {
            let (mut sum, mut out) = (0u64, Vec::new());
            let middle = |n: u64| {
                sum += n;
                (n, sum)
            };
            let slow = |n: u64| (0..n % 7 * 1000).fold(n, |a, b| (a ^ b).max(n).min(n));
            let last = |pair| {
                out.push(pair);
                Ok::<(), ()>(())
            };
            ordered(jobs, 0..500u64, slow, middle, |(n, sum)| (slow(n), sum), last).unwrap();
            let expected: Vec<(u64, u64)> = (0..500).map(|n| (n, n * (n + 1) / 2)).collect();
            assert_eq!(out, expected, "{jobs} jobs");
        }
    }

    #[test]
    fn an_error_at_the_end_stops_what_has_no_end() {
        for jobs in [1, 2, 5] {
            let last = |n| if n < 100 { Ok(()) } else { Err(n) };
            assert_eq!(ordered(jobs, 0.., |n| n, |n| n, |n| n, last), Err(100), "{jobs} jobs");
        }
    }
}
