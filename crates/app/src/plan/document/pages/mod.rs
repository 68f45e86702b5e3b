//! Pages of the plan.

mod editions;
mod home;
mod lines;
mod matrix;
mod measure;
mod search;
mod targets;
mod text;
mod unit;

pub use editions::{editions, plans};
pub use home::home;
pub use lines::{Line, lines, source};
pub use matrix::{Query as MatrixQuery, matrix};
pub use measure::measure;
pub use search::{Query as SearchQuery, search};
pub use targets::targets;
pub use text::text;
pub use unit::{owed, unit};

use kepu_plan::model::Role;

use super::edition::{Assigned, Edition, Level};
use super::wording::{ROLES, role_label};
use crate::shell::App;

/// What a page says of its edition before anything else.
pub struct Notice {
    /// The text says of itself that it is a restatement.
    pub restated: bool,
    /// What to know of an edition that does not hold.
    pub label: Option<String>,
    /// The last year of a plan that is over.
    pub ended: Option<i32>,
}

impl Notice {
    /// Whether there is anything to say.
    pub fn is_shown(&self) -> bool {
        self.restated || self.label.is_some() || self.ended.is_some()
    }

    /// The notice of an edition as of now.
    pub fn of(edition: &Edition, app: &App) -> Self {
        let head = &edition.head;
        let label = match (head.level, head.in_force) {
            (Level::District, true) if head.holds => None,
            (Level::District, true) => Some("这份方案已经有接续的方案，留着备查。".to_owned()),
            (Level::District, false) => Some(format!("这是第{}版，现在不是生效的版本。", head.number)),
            (level, _) => Some(format!("这是{}的方案，供对照。", level.label())),
        };
        let is_over = head.level == Level::District && edition.is_over(app.this_year());
        Self {
            restated: head.restated,
            label,
            ended: edition.plan.period.map(|[_, to]| to).filter(|_| is_over),
        }
    }
}

/// A row of a duty block: a role and who has it.
struct DutyRow<'a> {
    label: &'static str,
    lead: bool,
    chips: Vec<Chip<'a>>,
}

/// A unit to click on.
#[derive(Clone, Copy)]
struct Chip<'a> {
    name: &'a str,
    code: &'a str,
}

/// Parts by role, the strongest first.
fn duty_rows<'a>(edition: &'a Edition, duties: &[&'a Assigned]) -> Vec<DutyRow<'a>> {
    ROLES
        .into_iter()
        .map(|role| DutyRow {
            label: role_label(role),
            lead: role == Role::Lead,
            chips: chips(edition, duties, role),
        })
        .filter(|row| !row.chips.is_empty())
        .collect()
}

/// The units with one role.
fn chips<'a>(edition: &'a Edition, duties: &[&'a Assigned], role: Role) -> Vec<Chip<'a>> {
    duties
        .iter()
        .filter(|duty| duty.role == role)
        .filter_map(|duty| edition.unit(duty))
        .map(|unit| Chip {
            name: &unit.name,
            code: &unit.code,
        })
        .collect()
}
