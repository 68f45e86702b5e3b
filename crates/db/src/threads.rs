//! What the threads behind a database do: readers, SQLite's one writer with its batches, PostgreSQL's writers.

use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use crate::engine::{Connection, Read, Tx, postgres};
use crate::error::{Error, Result};
use crate::work::{Act, Question};

/// Acts of one commit on SQLite, at most.
const BATCH: usize = 64;
/// How long a batch stays open for more acts.
const BATCH_TIME: Duration = Duration::from_millis(5);
/// How often an act is tried again when concurrent acts get in its way.
const ATTEMPTS: u32 = 12;

pub(crate) fn read_sqlite(connection: Connection, queue: &Receiver<Question>) {
    let read = Read { connection };
    for question in queue {
        reading(&read, "BEGIN", question);
    }
}

/// One question on one state of the database.
fn reading(read: &Read, begin: &str, question: Question) {
    if let Err(error) = read.connection.control(begin) {
        tracing::error!(%error, "a read could not begin");
        return;
    }
    question(read);
    if let Err(error) = read.connection.control("COMMIT") {
        tracing::error!(%error, "a read could not end");
    }
}

/// The writer of SQLite: takes the waiting acts, runs each in a savepoint, commits them together, answers all.
pub(crate) fn write_sqlite(connection: Connection, queue: &Receiver<Box<dyn Act>>) {
    let mut tx = Tx {
        read: Read { connection },
    };
    for first in queue {
        if let Err(error) = tx.connection.control("BEGIN IMMEDIATE") {
            first.answer(Err(Error::Commit(error.to_string())));
            continue;
        }
        let until = Instant::now() + BATCH_TIME;
        let mut done: Vec<Box<dyn Act>> = Vec::new();
        let mut lost = None;
        let mut next = Some(first);
        while let Some(act) = next.take() {
            if act.is_abandoned() {
                act.answer(Err(Error::Closed));
            } else {
                let (act, outcome) = in_savepoint(&mut tx, act);
                done.push(act);
                if let Err(error) = outcome {
                    lost = Some(error);
                    break;
                }
            }
            if done.len() < BATCH && Instant::now() < until {
                next = queue.try_recv().ok();
            }
        }
        let commit = match lost {
            None => tx.connection.control("COMMIT").map_err(|error| error.to_string()),
            Some(error) => Err(error.to_string()),
        };
        if commit.is_err() && in_transaction(&tx) {
            // Whatever is left of the batch must not leak into the next one.
            let _ = tx.connection.control("ROLLBACK");
        }
        for act in done {
            act.answer(commit.clone().map_err(Error::Commit));
        }
    }
    if let Connection::Sqlite(connection) = &tx.connection {
        let _ = connection.control("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize");
    }
}

fn in_transaction(tx: &Tx) -> bool {
    matches!(&tx.connection, Connection::Sqlite(connection) if connection.in_transaction())
}

/// Runs an act so that its failure harms no neighbour. An error means that the whole batch is gone.
fn in_savepoint(tx: &mut Tx, mut act: Box<dyn Act>) -> (Box<dyn Act>, Result<()>) {
    if let Err(error) = tx.connection.control("SAVEPOINT act") {
        return (act, Err(error));
    }
    let keep = act.run(tx);
    if !in_transaction(tx) {
        // A full disk ends the transaction behind our back, with the neighbours' changes in it.
        let gone = Error::engine("running the act", &"the engine ended the transaction");
        return (act, Err(gone));
    }
    let end = if keep {
        "RELEASE act"
    } else {
        "ROLLBACK TO act; RELEASE act"
    };
    let outcome = tx.connection.control(end);
    (act, outcome)
}

/// A connection to PostgreSQL that comes back after it broke.
struct Link {
    url: String,
    tx: Option<Tx>,
}

impl Link {
    fn get(&mut self) -> Result<&mut Tx> {
        let broken = match &self.tx {
            Some(tx) => matches!(&tx.connection, Connection::Postgres(connection) if connection.is_closed()),
            None => true,
        };
        if broken {
            let connection = Connection::Postgres(Box::new(postgres::Connection::open(&self.url)?));
            self.tx = Some(Tx {
                read: Read { connection },
            });
        }
        self.tx.as_mut().ok_or(Error::Closed)
    }
}

pub(crate) fn write_postgres(url: &str, queue: &Receiver<Box<dyn Act>>) {
    let mut link = Link {
        url: url.to_owned(),
        tx: None,
    };
    for mut act in queue {
        if act.is_abandoned() {
            continue;
        }
        let commit = attempts(&mut link, act.as_mut());
        act.answer(commit);
    }
}

/// One SERIALIZABLE transaction, again and again while concurrent ones get in its way.
fn attempts(link: &mut Link, act: &mut dyn Act) -> Result<()> {
    for attempt in 1..=ATTEMPTS {
        let tx = link.get()?;
        tx.connection.control("BEGIN ISOLATION LEVEL SERIALIZABLE")?;
        let keep = act.run(tx);
        let ended = tx.connection.control(if keep { "COMMIT" } else { "ROLLBACK" });
        let conflict = matches!(&tx.connection, Connection::Postgres(connection) if connection.take_conflict());
        if !conflict {
            return ended.map_err(|error| Error::Commit(error.to_string()));
        }
        if ended.is_err() {
            let _ = tx.connection.control("ROLLBACK");
        }
        // Those who collided come back at different times: a few retries in, threads step aside for each other.
        if attempt > 2 {
            std::thread::park_timeout(Duration::from_micros(u64::from(attempt) * 400));
        }
    }
    Err(Error::Conflict { attempts: ATTEMPTS })
}

pub(crate) fn read_postgres(url: &str, queue: &Receiver<Question>) {
    let mut link = Link {
        url: url.to_owned(),
        tx: None,
    };
    for question in queue {
        match link.get() {
            Ok(tx) => reading(&tx.read, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", question),
            Err(error) => tracing::error!(%error, "no connection for a read"),
        }
    }
}
