//! How fast a plan compiles: one of the usual size, and ten megabytes of them. `cargo bench -p kepu-plan`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use kepu_plan::compile;

fn main() {
    let plan = include_str!("../../../plans/tongzhou-restated.txt");
    let many = plan.repeat(10_000_000 / plan.len() + 1);
    println!("{:<28} {:>12} {:>12} {:>10}", "what", "bytes", "median", "MB/s");
    row("the restated Tongzhou plan", plan, 200);
    row("10 MB of plans, one text", &many, 5);
}

fn row(name: &str, text: &str, runs: usize) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            let _ = black_box(compile(black_box(text.as_bytes())));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let median = times[times.len() / 2];
    let speed = text.len() as f64 / 1e6 / median.as_secs_f64();
    println!("{name:<28} {:>12} {median:>12.2?} {speed:>10.1}", text.len());
}
