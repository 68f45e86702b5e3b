//! The handle on a database: queues in front, threads with connections behind.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use crossbeam_channel::{Sender, TrySendError, bounded};

use crate::engine::{Connection, Engine, Read, Tx, postgres, sqlite};
use crate::error::{Error, Result};
use crate::migrate::{Migration, migrate};
use crate::statement::Statement;
use crate::threads::{read_postgres, read_sqlite, write_postgres, write_sqlite};
use crate::url::DatabaseUrl;
use crate::work::{self, Act, Question};

/// How a database is opened.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Connections that read. Default 3.
    pub readers: usize,
    /// Connections that write: PostgreSQL only, SQLite has one. Default 8.
    pub writers: usize,
    /// Requests that may wait for either; more are told [`Error::Busy`]. Default 1,024.
    pub queue: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 3,
            writers: 8,
            queue: 1024,
        }
    }
}

/// An open database. Cheap to clone; all clones share its threads.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    engine: Engine,
    acts: Mutex<Option<Sender<Box<dyn Act>>>>,
    questions: Mutex<Option<Sender<Question>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// An in-memory database lives in a file of its own that is removed at the end.
    temporary: Option<PathBuf>,
}

impl Db {
    /// Opens a database and brings its schema up to date under a lock.
    ///
    /// # Errors
    /// [`Error::Newer`] and [`Error::Edited`] when the schema is not that of this program, and those of the engine.
    pub fn open(url: &DatabaseUrl, options: Options, migrations: &[Migration]) -> Result<Self> {
        match url {
            DatabaseUrl::Sqlite(path) => Self::open_sqlite(path, None, options, migrations),
            DatabaseUrl::SqliteMemory => {
                let path = memory_path();
                Self::open_sqlite(&path, Some(path.clone()), options, migrations)
            }
            DatabaseUrl::Postgres(url) => Self::open_postgres(url, options, migrations),
        }
    }

    fn open_sqlite(
        path: &Path,
        temporary: Option<PathBuf>,
        options: Options,
        migrations: &[Migration],
    ) -> Result<Self> {
        let writer = Connection::Sqlite(sqlite::Connection::writer(path)?);
        let (writer, _) = migrate(writer, migrations)?;
        let readers = (0..options.readers.max(1))
            .map(|_| Ok(Connection::Sqlite(sqlite::Connection::reader(path)?)))
            .collect::<Result<Vec<_>>>()?;
        let (acts, act_queue) = bounded(options.queue);
        let (questions, question_queue) = bounded(options.queue);
        let mut threads = vec![thread("kepu-db-write".to_owned(), move || {
            write_sqlite(writer, &act_queue);
        })?];
        for (index, reader) in readers.into_iter().enumerate() {
            let queue = question_queue.clone();
            threads.push(thread(format!("kepu-db-read-{index}"), move || {
                read_sqlite(reader, &queue);
            })?);
        }
        Ok(Self::put_together(Engine::Sqlite, acts, questions, threads, temporary))
    }

    fn open_postgres(url: &str, options: Options, migrations: &[Migration]) -> Result<Self> {
        let first = Connection::Postgres(Box::new(postgres::Connection::open(url)?));
        let (first, _) = migrate(first, migrations)?;
        drop(first);
        let (acts, act_queue) = bounded(options.queue);
        let (questions, question_queue) = bounded(options.queue);
        let mut threads = Vec::new();
        for index in 0..options.writers.max(1) {
            let (queue, url) = (act_queue.clone(), url.to_owned());
            threads.push(thread(format!("kepu-db-write-{index}"), move || {
                write_postgres(&url, &queue);
            })?);
        }
        for index in 0..options.readers.max(1) {
            let (queue, url) = (question_queue.clone(), url.to_owned());
            threads.push(thread(format!("kepu-db-read-{index}"), move || {
                read_postgres(&url, &queue);
            })?);
        }
        Ok(Self::put_together(Engine::Postgres, acts, questions, threads, None))
    }

    fn put_together(
        engine: Engine,
        acts: Sender<Box<dyn Act>>,
        questions: Sender<Question>,
        threads: Vec<JoinHandle<()>>,
        temporary: Option<PathBuf>,
    ) -> Self {
        Self(Arc::new(Inner {
            engine,
            acts: Mutex::new(Some(acts)),
            questions: Mutex::new(Some(questions)),
            threads: Mutex::new(threads),
            temporary,
        }))
    }

    /// Runs a function that only reads, on one consistent state of the database.
    ///
    /// # Errors
    /// What the function answers; [`Error::Busy`] when too many wait; [`Error::Panicked`] when it panics.
    pub async fn read<T, E>(&self, ask: impl FnOnce(&Read) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (question, answer) = work::question(ask);
        send(&self.0.questions, question)?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// Runs an act: all of it is kept, durably, or nothing. See the crate's contract of an act.
    ///
    /// # Errors
    /// What the act answers; [`Error::Busy`], [`Error::Panicked`], [`Error::Commit`], [`Error::Conflict`].
    pub async fn write<T, E>(&self, act: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (act, answer) = work::act(act);
        send(&self.0.acts, act)?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// As [`Db::read`], for code that is not async.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, E>(&self, ask: impl FnOnce(&Read) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (question, answer) = work::question(ask);
        send(&self.0.questions, question)?;
        answer.blocking_recv().unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// As [`Db::write`], for code that is not async.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, E>(&self, act: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (act, answer) = work::act(act);
        send(&self.0.acts, act)?;
        answer.blocking_recv().unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// Lets the engine read a statement without running it. A test prepares every statement on both engines.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn prepare(&self, statement: &'static Statement) -> Result<()> {
        self.read_blocking(move |read| read.connection.prepare(statement))
    }

    /// Which engine it runs on.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// Finishes what waits and closes the connections. Calls on clones answer [`Error::Closed`] from now on.
    pub fn close(&self) {
        self.0.close();
    }
}

impl Inner {
    fn close(&self) {
        self.acts.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.questions.lock().unwrap_or_else(PoisonError::into_inner).take();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            let _ = thread.join();
        }
        if let Some(path) = &self.temporary {
            for suffix in ["", "-wal", "-shm"] {
                let mut name = path.clone().into_os_string();
                name.push(suffix);
                let _ = std::fs::remove_file(name);
            }
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

fn thread(name: String, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    Builder::new()
        .name(name)
        .spawn(body)
        .map_err(|error| Error::engine("starting a database thread", &error))
}

/// Where an in-memory database lives: readers and the writer are connections of their own, so they need a file.
fn memory_path() -> PathBuf {
    static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = if Path::new("/dev/shm").is_dir() {
        PathBuf::from("/dev/shm")
    } else {
        std::env::temp_dir()
    };
    folder.join(format!("kepu-memory-{}-{count}.db", std::process::id()))
}

fn send<W>(queue: &Mutex<Option<Sender<W>>>, work: W) -> Result<()> {
    let sender = queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let sender = sender.ok_or(Error::Closed)?;
    sender.try_send(work).map_err(|error| match error {
        TrySendError::Full(_) => Error::Busy { waiting: sender.len() },
        TrySendError::Disconnected(_) => Error::Closed,
    })
}
