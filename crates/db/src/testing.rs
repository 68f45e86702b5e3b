//! Databases for tests: a fresh one per test on each engine, copied from a migrated template.
//!
//! PostgreSQL's programs are looked for on the search path and in Debian's folders; a cluster starts once per test
//! process in a temporary directory and stops with it. Without PostgreSQL its half of the tests is skipped and says
//! so; where `CI` is set that is a failure. `KEPU_TEST_POSTGRES` may name a server to use instead.

use std::collections::HashMap;
use std::ops::Deref;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use tempfile::TempDir;

use crate::{Db, Migration, Options};

/// Runs one test on both engines, each on a fresh database with the given migrations.
///
/// ```ignore
/// both! {
///     /// What must hold.
///     fn rows_stay(db, MIGRATIONS) {
///         db.write_blocking(|tx| tx.execute_one(&ADD, params![1])).unwrap();
///     }
/// }
/// ```
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* fn $name:ident($db:ident, $migrations:expr) $body:block)*) => {
        $(
            $(#[$meta])*
            mod $name {
                #[expect(clippy::allow_attributes, reason = "a test may need nothing of its surroundings")]
                #[allow(unused_imports, reason = "a test may need nothing of its surroundings")]
                use super::*;

                fn body($db: &$crate::Db) $body

                #[test]
                fn sqlite() {
                    body(&$crate::testing::sqlite($migrations));
                }

                #[test]
                fn postgres() {
                    if let Some(db) = $crate::testing::postgres($migrations) {
                        body(&db);
                    }
                }
            }
        )*
    };
}

/// A database of one test. Gone with it.
pub struct TestDb {
    db: Db,
    _folder: Option<TempDir>,
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        self.db.close();
    }
}

const OPTIONS: Options = Options {
    readers: 2,
    writers: 4,
    queue: 1024,
};

fn next_name() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!(
        "kepu_test_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}

/// The key of a set of migrations: where it lies in the program.
fn key(migrations: &'static [Migration]) -> usize {
    migrations.as_ptr() as usize
}

/// A fresh SQLite database.
///
/// # Panics
/// When it cannot be made; a test cannot go on then.
pub fn sqlite(migrations: &'static [Migration]) -> TestDb {
    static TEMPLATES: Mutex<Option<HashMap<usize, (TempDir, PathBuf)>>> = Mutex::new(None);
    let folder = tempfile::tempdir().expect("a temporary directory");
    let path = folder.path().join("test.db");
    {
        let mut templates = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, template) = templates
            .get_or_insert_default()
            .entry(key(migrations))
            .or_insert_with(|| {
                let folder = tempfile::tempdir().expect("a temporary directory");
                let path = folder.path().join("template.db");
                let url = crate::DatabaseUrl::Sqlite(path.clone());
                Db::open(&url, OPTIONS, migrations)
                    .expect("a migrated template")
                    .close();
                (folder, path)
            });
        std::fs::copy(template, &path).expect("a copy of the template");
    }
    let db = Db::open(&crate::DatabaseUrl::Sqlite(path), OPTIONS, migrations).expect("an open database");
    TestDb {
        db,
        _folder: Some(folder),
    }
}

/// A fresh PostgreSQL database, or `None` where PostgreSQL is not installed.
///
/// # Panics
/// When `CI` is set and PostgreSQL is missing, or when it does not start.
pub fn postgres(migrations: &'static [Migration]) -> Option<TestDb> {
    let cluster = cluster()?;
    let url = cluster.copy(migrations);
    let db = Db::open(&url.parse().expect("an address"), OPTIONS, migrations).expect("an open database");
    Some(TestDb { db, _folder: None })
}

/// The address of a fresh, empty PostgreSQL database, for tests of opening itself.
///
/// # Panics
/// As [`postgres`].
pub fn postgres_url() -> Option<String> {
    let cluster = cluster()?;
    let name = next_name();
    cluster.sql(&format!("CREATE DATABASE {name}"));
    Some(cluster.url(&name))
}

struct Cluster {
    /// Address up to the database's name.
    base: String,
    templates: Mutex<HashMap<usize, String>>,
    /// Ends the cluster when this process ends: its input closes.
    _keeper: Option<Child>,
}

fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER
        .get_or_init(|| {
            if let Ok(base) = std::env::var("KEPU_TEST_POSTGRES") {
                return Some(Cluster {
                    base: base.trim_end_matches('/').to_owned(),
                    templates: Mutex::default(),
                    _keeper: None,
                });
            }
            let Some(programs) = programs() else {
                assert!(std::env::var_os("CI").is_none(), "PostgreSQL is not installed");
                println!("skipped: PostgreSQL is not installed");
                return None;
            };
            Some(Cluster::start(&programs))
        })
        .as_ref()
}

/// The folder with `initdb` and `pg_ctl`.
fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = debian.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

/// PostgreSQL refuses to run as root; then it runs as its own user, or as nobody.
fn unprivileged() -> Option<(u32, u32)> {
    let own = std::fs::metadata("/proc/self")
        .map(|data| std::os::unix::fs::MetadataExt::uid(&data))
        .ok()?;
    if own != 0 {
        return None;
    }
    let passwd = std::fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|name| {
        let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

impl Cluster {
    fn start(programs: &Path) -> Self {
        // Kept until the keeper removes it: this process may end without running destructors.
        let folder = tempfile::Builder::new()
            .prefix("kepu-pg-")
            .tempdir()
            .expect("a temporary directory")
            .keep();
        let user = unprivileged();
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid)).expect("the folder handed over");
        }
        let data = folder.join("data");
        let run = |command: &mut Command| {
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            let status = command
                .current_dir(&folder)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::inherit())
                .status();
            assert!(status.is_ok_and(|status| status.success()), "{command:?} failed");
        };
        run(Command::new(programs.join("initdb"))
            .args([
                "--no-sync",
                "-A",
                "trust",
                "-U",
                "kepu",
                "-E",
                "UTF8",
                "--locale=C",
                "-D",
            ])
            .arg(&data));
        let settings = format!(
            "-k {} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
             -c max_connections=300 -c shared_buffers=64MB",
            folder.display()
        );
        run(Command::new(programs.join("pg_ctl"))
            .args(["-w", "-s", "-l"])
            .arg(folder.join("log"))
            .arg("-o")
            .arg(settings)
            .arg("-D")
            .arg(&data)
            .arg("start"));
        let mut keeper = Command::new("sh");
        keeper
            .args([
                "-c",
                "read _; \"$0\" -D \"$1/data\" -m immediate -s stop; rm -rf \"$1\"",
            ])
            .arg(programs.join("pg_ctl"))
            .arg(&folder)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // Ctrl-C at the terminal must not end the keeper before it has cleaned up.
        keeper.process_group(0);
        if let Some((uid, gid)) = user {
            keeper.uid(uid).gid(gid);
        }
        let keeper = keeper.spawn().expect("a keeper for the cluster");
        let socket = folder.display().to_string().replace('/', "%2F");
        Self {
            base: format!("postgres://kepu@{socket}"),
            templates: Mutex::default(),
            _keeper: Some(keeper),
        }
    }

    fn url(&self, database: &str) -> String {
        format!("{}/{database}", self.base)
    }

    fn sql(&self, sql: &str) {
        let mut client = postgres::Client::connect(&self.url("postgres"), postgres::NoTls).expect("a connection");
        client.batch_execute(sql).expect("a control statement");
    }

    /// A database copied from the template of these migrations.
    fn copy(&self, migrations: &'static [Migration]) -> String {
        let name = next_name();
        // The lock also keeps copies apart: a template must have no other session while it is copied.
        let mut templates = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
        let template = templates.entry(key(migrations)).or_insert_with(|| {
            let template = next_name();
            self.sql(&format!("CREATE DATABASE {template}"));
            let url = self.url(&template).parse().expect("an address");
            Db::open(&url, OPTIONS, migrations)
                .expect("a migrated template")
                .close();
            template
        });
        self.sql(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        self.url(&name)
    }
}
