//! A whole job on another kernel: a process of this program in which `WIRECOPY_KERNEL` names it.
//!
//! The kernel of the whole job is chosen once a process. What another process does can still be timed in turns with what
//! this one does: it waits for a line, does the job, and answers with its result and the processor time.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use cpu_time::ProcessTime;
use minhash_lsh::Kernel;

/// The argument that makes this program wait for work.
const ARGUMENT: &str = "--serve";

/// The process.
pub(crate) struct Elsewhere {
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    process: Child,
}

impl Elsewhere {
    /// Starts this program with the kernel named.
    pub(crate) fn new(kernel: Kernel) -> Elsewhere {
        let program = std::env::current_exe().expect("a running program has a path");
        let mut process = Command::new(program)
            .arg(ARGUMENT)
            .env(Kernel::VARIABLE, kernel.name())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("what runs can be started again");
        let requests = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().expect("it is piped"));
        Elsewhere { requests, answers, process }
    }

    /// Has the job done once; returns its answer and its processor time.
    pub(crate) fn run(&mut self) -> (usize, Duration) {
        let requests = self.requests.as_mut().expect("it is taken in drop alone");
        requests.write_all(b"\n").expect("the process waits");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the process answers");
        let (answer, nanoseconds) = line.trim().split_once(' ').expect("it answers two numbers");
        let time = Duration::from_nanos(nanoseconds.parse().expect("a number"));
        (answer.parse().expect("a number"), time)
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        drop(self.requests.take()); // the end of its input ends the process
        let _ = self.process.wait();
    }
}

/// Whether this process was started to do work for another.
pub(crate) fn is_asked_to_serve() -> bool {
    std::env::args().any(|argument| argument == ARGUMENT)
}

/// Does the job at each line of the input, until it ends.
pub(crate) fn serve(mut job: impl FnMut() -> usize) {
    for _ in std::io::stdin().lines().map_while(Result::ok) {
        let start = ProcessTime::now();
        let answer = job();
        println!("{answer} {}", start.elapsed().as_nanos());
    }
}
