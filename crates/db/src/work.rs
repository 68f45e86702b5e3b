//! What waits in a queue: a function, its result, and who waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use crate::engine::{Read, Tx};
use crate::error::Error;

/// An act that waits for the writer.
pub(crate) trait Act: Send {
    /// Runs it inside an open transaction. `true`: its changes are to be kept.
    fn run(&mut self, tx: &mut Tx) -> bool;

    /// Answers the caller: with the result when the commit went well, else with the error.
    fn answer(self: Box<Self>, commit: Result<(), Error>);

    /// Nobody waits for the answer any more.
    fn is_abandoned(&self) -> bool;
}

/// A question that waits for a reader.
pub(crate) type Question = Box<dyn FnOnce(&Read) + Send>;

struct Waiting<F, T, E> {
    act: F,
    result: Option<Result<T, E>>,
    caller: oneshot::Sender<Result<T, E>>,
}

/// Puts a function and its caller together.
pub(crate) fn act<F, T, E>(act: F) -> (Box<dyn Act>, oneshot::Receiver<Result<T, E>>)
where
    F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (caller, answer) = oneshot::channel();
    let waiting = Waiting {
        act,
        result: None,
        caller,
    };
    (Box::new(waiting), answer)
}

impl<F, T, E> Act for Waiting<F, T, E>
where
    F: Fn(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        let result = catch_unwind(AssertUnwindSafe(|| (self.act)(tx))).unwrap_or_else(|_| Err(Error::Panicked.into()));
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, commit: Result<(), Error>) {
        let result = match (commit, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(Error::Closed.into()),
            // The act's own error was only the collision's symptom.
            (Err(error @ Error::Conflict { .. }), _) => Err(error.into()),
            // What the act itself refused stays its answer; only kept changes are lost with the commit.
            (Err(_), Some(Err(refusal))) => Err(refusal),
            (Err(error), _) => Err(error.into()),
        };
        // The caller may have gone.
        let _ = self.caller.send(result);
    }

    fn is_abandoned(&self) -> bool {
        self.caller.is_closed()
    }
}

/// Puts a reading function and its caller together.
pub(crate) fn question<F, T, E>(ask: F) -> (Question, oneshot::Receiver<Result<T, E>>)
where
    F: FnOnce(&Read) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (caller, answer) = oneshot::channel();
    let question = move |read: &Read| {
        if !caller.is_closed() {
            let result = catch_unwind(AssertUnwindSafe(|| ask(read))).unwrap_or_else(|_| Err(Error::Panicked.into()));
            let _ = caller.send(result);
        }
    };
    (Box::new(question), answer)
}
