//! Migrations: numbered, embedded, never edited after they ran, each in one transaction, one process at a time.

use sha2::{Digest, Sha256};

use crate::engine::{Connection, Engine, Read, Tx};
use crate::error::{Error, Result};
use crate::params;

crate::statements! {
    LIST_APPLIED = "SELECT number, name, checksum FROM schema_migration ORDER BY number";
    ADD_APPLIED = "INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)";
}

/// A step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number; steps run in this order and have no gaps.
    pub number: u32,
    /// What it brings.
    pub name: &'static str,
    /// Portable DDL, one or more statements.
    pub sql: &'static str,
}

impl Migration {
    /// A step whose SQL is the same on both engines.
    pub const fn new(number: u32, name: &'static str, sql: &'static str) -> Self {
        Self { number, name, sql }
    }

    fn checksum(&self) -> String {
        // Blanks at line ends and the kind of line end are no change.
        let text: Vec<&str> = self.sql.lines().map(str::trim_end).collect();
        let digest = Sha256::digest(text.join("\n").as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Brings a database up to date. Answers how many steps ran.
pub(crate) fn migrate(connection: Connection, migrations: &[Migration]) -> Result<(Connection, usize)> {
    let mut tx = Tx {
        read: Read { connection },
    };
    let mut applied = 0;
    // The tables of the bookkeeping; two processes may start at once, and the loser of that race finds them there.
    let created = prepare(&tx);
    if created.is_err() {
        tx.connection.control("ROLLBACK").ok();
        prepare(&tx)?;
    }
    for (index, migration) in migrations.iter().enumerate() {
        debug_assert_eq!(
            migration.number as usize,
            index + 1,
            "migrations are numbered without gaps"
        );
        if step(&mut tx, migrations, migration)? {
            applied += 1;
            tracing::info!(number = migration.number, name = migration.name, "migrated");
        }
    }
    if migrations.is_empty() {
        check(&tx, migrations)?;
    }
    Ok((tx.read.connection, applied))
}

fn prepare(tx: &Tx) -> Result<()> {
    let control = |sql: &str| tx.connection.control(sql);
    control(begin(tx.engine()))?;
    control(
        "CREATE TABLE IF NOT EXISTS schema_migration \
         (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL); \
         CREATE TABLE IF NOT EXISTS schema_lock (id BIGINT NOT NULL PRIMARY KEY); \
         INSERT INTO schema_lock (id) VALUES (1) ON CONFLICT (id) DO NOTHING",
    )?;
    control("COMMIT")
}

fn begin(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "BEGIN IMMEDIATE",
        Engine::Postgres => "BEGIN",
    }
}

/// Compares what ran with what the program has. Answers the number of the last step that ran.
fn check(tx: &Tx, migrations: &[Migration]) -> Result<u32> {
    let done = tx.list(&LIST_APPLIED, &[], |row| {
        Ok((
            row.get::<u32>("number")?,
            row.get::<String>("name")?,
            row.get::<String>("checksum")?,
        ))
    })?;
    let known = migrations.last().map_or(0, |last| last.number);
    for (number, name, checksum) in &done {
        match migrations.iter().find(|migration| migration.number == *number) {
            None => {
                return Err(Error::Newer {
                    found: done.last().map_or(*number, |last| last.0),
                    known,
                });
            }
            Some(migration) if migration.checksum() != *checksum => {
                return Err(Error::Edited {
                    number: *number,
                    name: name.clone(),
                });
            }
            Some(_) => {}
        }
    }
    Ok(done.last().map_or(0, |last| last.0))
}

fn step(tx: &mut Tx, migrations: &[Migration], migration: &Migration) -> Result<bool> {
    tx.connection.control(begin(tx.engine()))?;
    let outcome = run(tx, migrations, migration);
    match &outcome {
        Ok(_) => tx.connection.control("COMMIT")?,
        Err(_) => tx.connection.control("ROLLBACK")?,
    }
    outcome
}

fn run(tx: &mut Tx, migrations: &[Migration], migration: &Migration) -> Result<bool> {
    if tx.engine() == Engine::Postgres {
        // A row lock, which engines that only speak PostgreSQL's protocol have as well.
        tx.connection
            .control("SELECT id FROM schema_lock WHERE id = 1 FOR UPDATE")?;
    }
    if check(tx, migrations)? >= migration.number {
        return Ok(false);
    }
    tx.connection.control(migration.sql).map_err(|error| Error::Migration {
        number: migration.number,
        name: migration.name,
        detail: error.to_string(),
    })?;
    tx.execute_one(
        &ADD_APPLIED,
        params![migration.number, migration.name, migration.checksum()],
    )?;
    Ok(true)
}
