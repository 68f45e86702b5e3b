//! The same contract on both engines.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use kepu_db::{Db, Error, Migration, Options, both, params, statements, testing};

static MIGRATIONS: [Migration; 2] = [
    Migration::new(
        1,
        "things",
        "CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, size BIGINT, share DOUBLE PRECISION, ok BOOLEAN NOT NULL, raw BYTEA);
         CREATE TABLE part (id TEXT NOT NULL PRIMARY KEY, thing TEXT NOT NULL REFERENCES thing (id))",
    ),
    Migration::new(2, "counter", "CREATE TABLE counter (id BIGINT NOT NULL PRIMARY KEY, value BIGINT NOT NULL CHECK (value < 1000))"),
];

statements! {
    ADD = "INSERT INTO thing (id, size, share, ok, raw) VALUES ($1, $2, $3, $4, $5)";
    LIST = "SELECT id, size, share, ok, raw FROM thing ORDER BY id";
    FIND_SIZE = "SELECT size FROM thing WHERE id = $1";
    FIND_SWAPPED = "SELECT id FROM thing WHERE ok = $2 AND id = $1";
    ADD_PART = "INSERT INTO part (id, thing) VALUES ($1, $2)";
    SUM = "SELECT SUM(size) AS total FROM thing";
    ADD_COUNTER = "INSERT INTO counter (id, value) VALUES (1, $1)";
    GET_COUNTER = "SELECT value FROM counter WHERE id = 1";
    SET_COUNTER = "UPDATE counter SET value = $1 WHERE id = 1";
    REMOVE = "DELETE FROM thing WHERE id = $1";
}

fn add(db: &Db, id: &'static str) -> Result<(), Error> {
    db.write_blocking(move |tx| tx.execute_one(&ADD, params![id, 1_i64, 0.5, true, None::<Vec<u8>>]))
}

fn count(db: &Db) -> usize {
    db.read_blocking(|read| read.list(&LIST, params![], |_| Ok(())))
        .unwrap()
        .len()
}

both! {
    fn values_come_back_as_they_went_in(db, &MIGRATIONS) {
        db.write_blocking(|tx| {
            tx.execute_one(&ADD, params!["通州", i64::MAX, 16.3, true, vec![0_u8, 255]])?;
            tx.execute_one(&ADD, params!["''; DROP", None::<i64>, None::<f64>, false, None::<Vec<u8>>])
        })
        .unwrap();
        let rows = db
            .read_blocking(|read| {
                read.list(&LIST, params![], |row| {
                    Ok((
                        row.get::<String>("id")?,
                        row.get::<Option<i64>>("size")?,
                        row.at::<Option<f64>>(2)?,
                        row.get::<bool>("ok")?,
                        row.get::<Option<Vec<u8>>>("raw")?,
                    ))
                })
            })
            .unwrap();
        assert_eq!(rows[0], ("''; DROP".to_owned(), None, None, false, None));
        assert_eq!(rows[1], ("通州".to_owned(), Some(i64::MAX), Some(16.3), true, Some(vec![0, 255])));
        let found = db.read_blocking(|read| read.find(&FIND_SWAPPED, params!["通州", true], |row| row.get::<String>("id")));
        assert_eq!(found.unwrap().as_deref(), Some("通州"));
    }

    fn a_wrong_type_names_statement_and_column(db, &MIGRATIONS) {
        db.write_blocking(|tx| tx.execute_one(&ADD, params!["a", None::<i64>, 1.0, true, None::<Vec<u8>>])).unwrap();
        let error = db.read_blocking(|read| read.get(&FIND_SIZE, params!["a"], |row| row.get::<i64>("size"))).unwrap_err();
        assert!(matches!(&error, Error::Type { statement: "FIND_SIZE", column, .. } if column == "size"), "{error}");
        let error = db.read_blocking(|read| read.get(&FIND_SIZE, params!["a"], |row| row.get::<i64>("weight"))).unwrap_err();
        assert!(matches!(error, Error::Column { .. }), "{error}");
        let error = db.read_blocking(|read| read.get(&FIND_SIZE, params!["b"], |row| row.get::<i64>("size"))).unwrap_err();
        assert!(matches!(error, Error::Missing { .. }), "{error}");
        let error = db.read_blocking(|read| read.list(&FIND_SIZE, params![], |_| Ok(()))).unwrap_err();
        assert!(matches!(error, Error::Parameters { .. }), "{error}");
    }

    fn errors_are_told_apart_by_kind(db, &MIGRATIONS) {
        add(db, "a").unwrap();
        assert!(matches!(add(db, "a"), Err(Error::Unique { statement: "ADD" })));
        let orphan = db.write_blocking(|tx| tx.execute_one(&ADD_PART, params!["p", "nobody"]));
        assert!(matches!(orphan, Err(Error::ForeignKey { .. })), "{orphan:?}");
        let refused = db.write_blocking(|tx| tx.execute_one(&ADD_COUNTER, params![1000_i64]));
        assert!(matches!(refused, Err(Error::NotAllowed { .. })), "{refused:?}");
        let none = db.write_blocking(|tx| tx.execute_one(&REMOVE, params!["nobody"]));
        assert!(matches!(none, Err(Error::NotOne { rows: 0, .. })), "{none:?}");
    }

    fn an_act_that_fails_leaves_nothing_and_harms_no_neighbour(db, &MIGRATIONS) {
        let barrier = Arc::new(Barrier::new(24));
        let threads: Vec<_> = (0..24)
            .map(|index| {
                let (db, barrier) = (db.clone(), Arc::clone(&barrier));
                std::thread::spawn(move || {
                    barrier.wait();
                    db.write_blocking(move |tx| {
                        tx.execute_one(&ADD, params![format!("{index:02}"), index, 0.0, true, None::<Vec<u8>>])?;
                        match index % 3 {
                            0 => Ok(()),
                            1 => Err(Error::Closed),
                            _ => panic!("an act that panics"),
                        }
                    })
                })
            })
            .collect();
        let outcomes: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        for (index, outcome) in outcomes.iter().enumerate() {
            match index % 3 {
                0 => assert!(outcome.is_ok(), "{index}: {outcome:?}"),
                1 => assert!(matches!(outcome, Err(Error::Closed)), "{index}: {outcome:?}"),
                _ => assert!(matches!(outcome, Err(Error::Panicked)), "{index}: {outcome:?}"),
            }
        }
        assert_eq!(count(db), 8);
    }

    fn concurrent_read_and_write_loses_no_update(db, &MIGRATIONS) {
        db.write_blocking(|tx| tx.execute_one(&ADD_COUNTER, params![0_i64])).unwrap();
        let runs = Arc::new(AtomicU32::new(0));
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let (db, runs) = (db.clone(), Arc::clone(&runs));
                std::thread::spawn(move || {
                    for _ in 0..5 {
                        let runs = Arc::clone(&runs);
                        let outcome: Result<(), Error> = db.write_blocking(move |tx| {
                            runs.fetch_add(1, Ordering::Relaxed);
                            let value = tx.get(&GET_COUNTER, params![], |row| row.get::<i64>("value"))?;
                            tx.execute_one(&SET_COUNTER, params![value + 1])
                        });
                        outcome.unwrap();
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        let value = db.read_blocking(|read| read.get(&GET_COUNTER, params![], |row| row.get::<i64>("value"))).unwrap();
        assert_eq!(value, 40);
        assert!(runs.load(Ordering::Relaxed) >= 40);
    }

    fn a_reader_sees_one_state_and_cannot_write(db, &MIGRATIONS) {
        add(db, "a").unwrap();
        let other = db.clone();
        let (before, after) = db
            .read_blocking(move |read| {
                let before = read.list(&LIST, params![], |_| Ok(()))?.len();
                // Another connection commits in between.
                add(&other, "b")?;
                Ok::<_, Error>((before, read.list(&LIST, params![], |_| Ok(()))?.len()))
            })
            .unwrap();
        assert_eq!((before, after), (1, 1));
        assert_eq!(count(db), 2);
    }

    fn statements_are_prepared(db, &MIGRATIONS) {
        for statement in STATEMENTS {
            db.prepare(statement).unwrap();
        }
        static WRONG: kepu_db::Statement = kepu_db::Statement { name: "WRONG", sql: "SELECT nothing FROM nowhere" };
        assert!(db.prepare(&WRONG).is_err());
    }

    fn a_closed_database_says_so(db, &MIGRATIONS) {
        db.close();
        assert!(matches!(add(db, "a"), Err(Error::Closed)));
    }
}

#[test]
fn a_type_that_is_not_portable_is_refused_by_name() {
    let Some(db) = testing::postgres(&MIGRATIONS) else {
        return;
    };
    let error = db
        .read_blocking(|read| read.get(&SUM, params![], |row| row.get::<Option<i64>>("total")))
        .unwrap_err();
    assert!(error.to_string().contains("numeric"), "{error}");
}

/// Opening on both engines: `open` gets a way to open the same empty database again and again.
fn on_empty(test: impl Fn(&dyn Fn(&[Migration]) -> Result<Db, Error>)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("x.db").display())
        .parse()
        .unwrap();
    test(&|migrations| Db::open(&url, Options::default(), migrations));
    if let Some(url) = testing::postgres_url() {
        let url = url.parse().unwrap();
        test(&|migrations| Db::open(&url, Options::default(), migrations));
    }
}

#[test]
fn migrations_run_once_and_are_never_edited() {
    on_empty(|open| {
        open(&MIGRATIONS[..1]).unwrap().close();
        let db = open(&MIGRATIONS).unwrap();
        add(&db, "kept").unwrap();
        db.close();
        let db = open(&MIGRATIONS).unwrap();
        assert_eq!(count(&db), 1);
        db.close();

        let newer = open(&MIGRATIONS[..1]).err().unwrap();
        assert!(matches!(newer, Error::Newer { found: 2, known: 1 }), "{newer}");
        let mut edited = MIGRATIONS;
        edited[1].sql = "CREATE TABLE counter (id BIGINT)";
        let error = open(&edited).err().unwrap();
        assert!(matches!(error, Error::Edited { number: 2, .. }), "{error}");
        let broken = [
            MIGRATIONS[0],
            MIGRATIONS[1],
            Migration::new(3, "broken", "CREATE TABLE half (id BIGINT); CREATE NONSENSE"),
        ];
        let error = open(&broken).err().unwrap();
        assert!(matches!(error, Error::Migration { number: 3, .. }), "{error}");
        // Nothing of the broken step stayed, so a mended one runs.
        let mended = [
            MIGRATIONS[0],
            MIGRATIONS[1],
            Migration::new(3, "mended", "CREATE TABLE half (id BIGINT)"),
        ];
        open(&mended).unwrap().close();
    });
}

#[test]
fn many_may_start_at_once_and_one_migrates() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("x.db").display());
    for url in std::iter::once(sqlite).chain(testing::postgres_url()) {
        let url = url.parse().unwrap();
        std::thread::scope(|scope| {
            let starts: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| Db::open(&url, Options::default(), &MIGRATIONS)))
                .collect();
            for start in starts {
                start.join().unwrap().unwrap().close();
            }
        });
    }
}

#[test]
fn a_full_queue_refuses_at_once() {
    let options = Options {
        queue: 1,
        ..Options::default()
    };
    let db = Db::open(&"sqlite::memory:".parse().unwrap(), options, &MIGRATIONS).unwrap();
    let (started, go) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let busy = {
        let (db, started, go) = (db.clone(), Arc::clone(&started), Arc::clone(&go));
        std::thread::spawn(move || {
            db.write_blocking(move |_| {
                started.wait();
                go.wait();
                Ok::<_, Error>(())
            })
        })
    };
    started.wait();
    // The writer is held; one act may wait, the next is told so.
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let waiting = runtime.block_on(async {
        let first = db.write(|_| Ok::<_, Error>(()));
        let second = db.write(|_| Ok::<_, Error>(()));
        tokio::pin!(first);
        let early =
            std::future::poll_fn(|context| std::task::Poll::Ready(first.as_mut().poll(context).is_pending())).await;
        assert!(early);
        let refused = second.await;
        go.wait();
        first.await.unwrap();
        refused
    });
    assert!(matches!(waiting, Err(Error::Busy { .. })), "{waiting:?}");
    busy.join().unwrap().unwrap();
}
