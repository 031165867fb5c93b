//! Work on all cores, in order.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, Scope, scope};

/// A thread's stack, in bytes. A template may call itself, and each call takes some of it.
const STACK: usize = 16 << 20;

type Task<'t> = Box<dyn FnOnce() + Send + 't>;

/// How many threads work at most. More than there are cores make nothing quicker, and each has its
/// stack and its share of the input in memory.
const MOST_JOBS: usize = 512;

/// Sends every item through `first`, `middle`, `second` and `last`, in the order of the items
/// whatever `jobs` is: `first` and `second` run for several items at once, `middle` and `last` for one after
/// another. What is under way at a time is bounded by the number of jobs. Where not so many threads can
/// be started, those that can do the work, and without any the calling thread does.
///
/// # Errors
/// What `last` gives; what is under way is then given up.
pub fn ordered<I: Send, A: Send, M: Send, B: Send, E>(
    jobs: usize,
    items: impl Iterator<Item = I> + Send,
    first: impl Fn(I) -> A + Sync,
    middle: impl FnMut(A) -> M + Send,
    second: impl Fn(M) -> B + Sync,
    last: impl FnMut(B) -> Result<(), E>,
) -> Result<(), E> {
    let stages = Stages { first, middle, second, last };
    ordered_on(spawn, jobs, items, stages)
}

/// What is done with an item.
struct Stages<F, M, S, L> {
    first: F,
    middle: M,
    second: S,
    last: L,
}

/// [`ordered`] on the threads that `spawn` starts; it says whether it could.
fn ordered_on<I: Send, A: Send, M: Send, B: Send, E>(
    spawn: impl for<'s, 'e> Fn(&'s Scope<'s, 'e>, Task<'s>) -> bool,
    jobs: usize,
    items: impl Iterator<Item = I> + Send,
    stages: Stages<
        impl Fn(I) -> A + Sync,
        impl FnMut(A) -> M + Send,
        impl Fn(M) -> B + Sync,
        impl FnMut(B) -> Result<(), E>,
    >,
) -> Result<(), E> {
    let Stages { first, mut middle, second, mut last } = stages;
    let (first, second) = (&first, &second);
    let (tasks, waiting) = channel::<Task<'_>>();
    let waiting = Mutex::new(waiting);
    scope(|s| {
        // Two of the threads read and give the order, for as long as there are items.
        let wanted = if jobs > 1 { jobs.min(MOST_JOBS) + 2 } else { 0 };
        let waiting = &waiting;
        let started = (0..wanted).take_while(|_| spawn(s, Box::new(|| work(waiting)))).count();
        if started < 3 {
            drop(tasks);
            return items.map(first).try_for_each(|a| last(second(middle(a))));
        }
        let jobs = started - 2;
        let (read, to_middle) = sync_channel(jobs + 1);
        let (done, to_last) = sync_channel(jobs + 1);
        let (to_first, to_second) = (tasks.clone(), tasks.clone());
        begin(&tasks, move || {
            for item in items {
                if !submit(&read, &to_first, move || first(item)) {
                    break;
                }
            }
        });
        begin(&tasks, move || {
            for part in results(to_middle) {
                let part = middle(part);
                if !submit(&done, &to_second, move || second(part)) {
                    break;
                }
            }
        });
        drop(tasks);
        results(to_last).try_for_each(&mut last)
    })
}

/// Starts a thread; false where there can be none.
fn spawn<'s>(scope: &'s Scope<'s, '_>, run: Task<'s>) -> bool {
    Builder::new().stack_size(STACK).spawn_scoped(scope, run).is_ok()
}

/// Hands a task to the first thread that is free.
fn begin<'t>(tasks: &Sender<Task<'t>>, task: impl FnOnce() + Send + 't) {
    // Without a thread that waits there is a panic under way, which the scope tells.
    let _ = tasks.send(Box::new(task));
}

/// Does what is waiting, until nothing can come any more. A panic goes on when all is done: what waits for
/// a thread would else wait for ever.
fn work(waiting: &Mutex<Receiver<Task<'_>>>) {
    let mut panic = None;
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(task) = next() {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(task)) {
            panic.get_or_insert(payload);
        }
    }
    if let Some(payload) = panic {
        resume_unwind(payload);
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
    use std::sync::atomic::{AtomicUsize, Ordering};

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

    /// A system that has so many threads to give and no more.
    fn spawn_at_most(most: usize) -> impl for<'s, 'e> Fn(&'s Scope<'s, 'e>, Task<'s>) -> bool {
        let started = AtomicUsize::new(0);
        move |scope, run| started.fetch_add(1, Ordering::Relaxed) < most && spawn(scope, run)
    }

    #[test]
    fn fewer_threads_than_jobs_do_the_same() {
        for allowed in 0..6 {
            let mut out = Vec::new();
            let stages = Stages {
                first: |n: u64| n + 1,
                middle: |n: u64| n,
                second: |n: u64| n * 2,
                last: |n| {
                    out.push(n);
                    Ok::<(), ()>(())
                },
            };
            ordered_on(spawn_at_most(allowed), 50_000, 0..200, stages).unwrap();
            assert_eq!(out, (1..=200).map(|n| n * 2).collect::<Vec<u64>>(), "{allowed} threads");
        }
    }

    #[test]
    fn panics_in_all_threads_end_the_run() {
        for jobs in [1, 2, 5] {
            let run = || {
                ordered(
                    jobs,
                    0..,
                    |n: u64| assert!(n < 10),
                    |()| (),
                    |()| (),
                    |()| Ok::<(), ()>(()),
                )
            };
            assert!(catch_unwind(run).is_err(), "{jobs} jobs");
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
