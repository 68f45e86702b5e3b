//! An installation: the database opened with its migrations, and the settings that come from it.

use jiff::tz::TimeZone;
use kepu_db::{Db, Migration, Result};
use kepu_kit::{Clock, Ids, Seed};

use crate::people::{regions, units};
use crate::plan::document::{self, Level, NewPlan};
use crate::shell::{App, Config};

/// The schema, step by step. A released step is never edited.
pub static MIGRATIONS: &[Migration] = &[
    Migration::new(1, "regions", include_str!("../migrations/0001_regions.sql")),
    Migration::new(2, "units", include_str!("../migrations/0002_units.sql")),
    Migration::new(3, "plans", include_str!("../migrations/0003_plans.sql")),
    Migration::new(4, "plan life", include_str!("../migrations/0004_plan_life.sql")),
];

/// The number of the national line for public services, which stands on every page until another one is set.
const PHONE: &str = "12345";

/// The application on an open database. The district's name comes from the regions.
pub fn app(db: Db, clock: Clock, phone: Option<String>) -> Result<App> {
    let home = db.read_blocking(regions::home)?;
    let config = Config {
        place: home.map(|region| region.name).unwrap_or_default(),
        phone: phone.unwrap_or_else(|| PHONE.to_owned()),
        zone: TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC),
    };
    Ok(App::new(db, clock, config))
}

/// What the demonstration starts with.
pub struct Demonstration<'a> {
    /// The regions' data file.
    pub regions: &'a [u8],
    /// The units' data file.
    pub units: &'a [u8],
    /// The plan.
    pub plan: &'a [u8],
}

/// Fills an empty database with the demonstration. A database that has a plan in force is left as it is.
pub fn demonstrate(db: &Db, seed: Seed, now: i64, with: &Demonstration<'_>) -> Result<(), String> {
    let fault = |error: kepu_db::Error| error.to_string();
    if db
        .read_blocking(document::list_plans)
        .map_err(fault)?
        .iter()
        .any(|plan| plan.in_force.is_some())
    {
        return Ok(());
    }
    let regions = regions::read_csv(with.regions)?;
    let units = units::read_csv(with.units)?;
    let compiled = kepu_plan::compile(with.plan).map_err(|reason| reason.to_string())?;
    let new = NewPlan {
        level: Level::District,
        source: compiled.source.text,
        plan: compiled.plan,
        note: "演示用的方案，随程序附带。".to_owned(),
        in_force: true,
        basis: None,
    };
    db.write_blocking(move |tx| {
        let ids = Ids::new(now, seed);
        regions::load(tx, &regions)?;
        units::load(tx, &ids, now, &units)?;
        document::load_edition(tx, &ids, now, &new)
    })
    .map_err(fault)?;
    Ok(())
}
