//! A filled application in memory, and a visitor who asks it.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use kepu_app::features;
use kepu_app::installation::{self, Demonstration};
use kepu_app::plan::document::{self, Edition, Loaded, NewPlan, load_edition, read_edition};
use kepu_app::shell::App;
use kepu_db::{Db, Read, Tx};
use kepu_kit::{Clock, Ids, Seed};
use tower::ServiceExt;

/// 2025-03-03 10:00 in Beijing: the plan runs.
pub const DURING: i64 = 1_740_967_200_000_000;
/// 2026-03-03 10:00 in Beijing: the plan is over.
pub const AFTER: i64 = 1_772_503_200_000_000;

/// A plan written for the tests.
pub const PLAN: &str = include_str!("plan.txt");
/// The same plan after a second reading by the office: one title reworded, one measure put in before the others.
pub const REWORDED: &str = include_str!("reworded.txt");
/// A plan of the city.
pub const CITY: &str = include_str!("city.txt");

const REGIONS: &[u8] = include_bytes!("regions.csv");
const UNITS: &[u8] = include_bytes!("units.csv");

/// An application with its database.
pub struct World {
    /// The database.
    pub db: Db,
    router: axum::Router,
    /// Acts so far: each has a seed of its own, the same in every run.
    acts: AtomicU64,
}

impl World {
    /// Filled with the plan of the tests.
    pub fn filled(db: &Db, now: i64) -> Self {
        let with = Demonstration {
            regions: REGIONS,
            units: UNITS,
            plan: PLAN.as_bytes(),
        };
        installation::demonstrate(db, Seed(1), now, &with).unwrap();
        Self::at(db, now)
    }

    /// On a database as it is, at a time.
    pub fn at(db: &Db, now: i64) -> Self {
        let app: App = installation::app(db.clone(), Clock::fixed(now), None).unwrap();
        Self {
            router: features::router(app),
            db: db.clone(),
            acts: AtomicU64::new(2),
        }
    }

    /// Stores a compiled plan.
    pub fn load(&self, new: &NewPlan, now: i64) -> Loaded {
        let (new, seed) = (new.clone(), Seed(self.acts.fetch_add(1, Ordering::Relaxed)));
        let act = move |tx: &mut Tx| load_edition(tx, &Ids::new(now, seed), now, &new);
        self.db.write_blocking(act).unwrap()
    }

    /// The edition with this id.
    pub fn edition(&self, id: &str) -> Edition {
        let id = id.to_owned();
        let read = move |read: &Read| {
            let head = document::find_edition(read, &id)?.expect("an edition");
            read_edition(read, head)
        };
        self.db.read_blocking(read).unwrap()
    }

    /// The edition that holds.
    pub fn current(&self) -> Edition {
        self.edition(&self.db.read_blocking(document::find_in_force).unwrap().unwrap())
    }

    /// A visitor's GET.
    pub fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap())
    }

    /// Any request.
    pub fn send(&self, request: Request<Body>) -> Reply {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let reply = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = reply.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            Reply {
                status: parts.status,
                headers: parts.headers,
                bytes: bytes.to_vec(),
            }
        })
    }
}

/// An answer.
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    /// The body of a page between the main tags.
    pub fn main(&self) -> String {
        let text = self.text();
        let start = text.find("<main").unwrap();
        let end = text.find("</main>").unwrap();
        text[start..end].to_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// Checks the status and goes on.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }
}
