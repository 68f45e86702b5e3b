//! A unit's page: what we owe.

use askama::Template;
use axum::extract::State;
use kepu_plan::model::Role;

use super::super::edition::{Assigned, Edition, Item};
use super::super::search::heading;
use super::super::shown::Shown;
use super::super::wording::{ROLES, role_label};
use super::Notice;
use crate::people::units::Unit;
use crate::shell::{App, Page, Result};

#[derive(Template)]
#[template(path = "plan/document/unit.html")]
struct UnitPage<'a> {
    notice: Notice,
    base: String,
    unit: &'a Unit,
    seat: Option<&'a Unit>,
    sentence: String,
    groups: Vec<Group<'a>>,
    members: Vec<&'a Unit>,
    names: Option<String>,
}

/// What a unit owes in one role.
pub struct Group<'a> {
    /// The role.
    pub role: Role,
    label: String,
    /// The sections and measures.
    pub entries: Vec<Entry<'a>>,
}

/// One part of a unit.
pub struct Entry<'a> {
    /// The part.
    pub duty: &'a Assigned,
    /// Code of the section.
    pub code: &'a str,
    /// Title of the section.
    pub title: String,
    line: usize,
    /// The collective that it comes through.
    pub via: Option<&'a Unit>,
    with: Option<String>,
    double: bool,
    /// The measures that it covers.
    pub items: Vec<&'a Item>,
}

/// What a unit owes.
pub async fn unit(State(app): State<App>, shown: Shown) -> Result<Page> {
    let edition = &*shown.edition;
    let unit = shown.unit()?;
    let groups = owed(edition, unit);
    let page = UnitPage {
        notice: Notice::of(edition, &app),
        base: edition.base(),
        seat: unit.seat.as_deref().and_then(|code| edition.register.by_code(code)),
        sentence: sentence(&groups),
        members: edition.members(unit),
        names: written(edition, unit),
        groups,
        unit,
    };
    let data = format!("/api/v1/units/{}", unit.code);
    Ok(Page::new(format!("{}承担什么", unit.name), &page)?.with_data(data))
}

/// Everything that a unit owes by the plan: by its own name, and through the collectives that it is a member of.
pub fn owed<'a>(edition: &'a Edition, unit: &'a Unit) -> Vec<Group<'a>> {
    let collectives = edition.collectives_of(unit);
    ROLES
        .into_iter()
        .map(|role| {
            let mut entries: Vec<Entry<'a>> = edition
                .duties
                .iter()
                .filter(|duty| duty.role == role)
                .filter_map(|duty| {
                    let via = collectives.iter().copied().find(|one| one.id == duty.unit);
                    (duty.unit == unit.id || via.is_some()).then(|| entry(edition, duty, via))
                })
                .collect();
            entries.sort_by_key(|entry| (entry.via.is_some(), entry.line));
            Group {
                role,
                label: match role {
                    Role::Responsible => "我们负责".to_owned(),
                    role => format!("我们{}", role_label(role)),
                },
                entries,
            }
        })
        .filter(|group| !group.entries.is_empty())
        .collect()
}

fn entry<'a>(edition: &'a Edition, duty: &'a Assigned, via: Option<&'a Unit>) -> Entry<'a> {
    let section = &edition.plan.sections[duty.section];
    let items: Vec<&Item> = match duty.item {
        Some(at) => vec![&edition.items[at]],
        None => edition
            .items
            .iter()
            .filter(|item| edition.duties_of(item).iter().any(|one| std::ptr::eq(*one, duty)))
            .collect(),
    };
    let others: Vec<&str> = edition
        .duties
        .iter()
        .filter(|one| {
            one.role == Role::Lead && one.section == duty.section && one.item == duty.item && one.unit != duty.unit
        })
        .filter_map(|one| edition.unit(one))
        .map(|unit| unit.name.as_str())
        .collect();
    let with = match duty.role {
        _ if others.is_empty() => None,
        Role::Lead => Some(format!("同牵头：{}", others.join("、"))),
        _ => Some(format!("牵头：{}", others.join("、"))),
    };
    Entry {
        code: &edition.codes[duty.section],
        title: section.title.clone().unwrap_or_else(|| heading(section)),
        line: duty.line,
        double: duty.role == Role::Lead
            && edition.duties.iter().any(|one| {
                one.role == Role::Participant
                    && one.unit == duty.unit
                    && one.section == duty.section
                    && one.item == duty.item
            }),
        duty,
        via,
        with,
        items,
    }
}

fn sentence(groups: &[Group<'_>]) -> String {
    if groups.is_empty() {
        return "方案没有点到这个单位。".to_owned();
    }
    let parts: Vec<String> = groups
        .iter()
        .map(|group| format!("{}{}项", role_label(group.role), group.entries.len()))
        .collect();
    let mut codes: Vec<&str> = groups
        .iter()
        .flat_map(|group| &group.entries)
        .flat_map(|entry| &entry.items)
        .map(|item| item.code.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    format!("按这份方案：{}，落到{}条举措和职责。", parts.join("，"), codes.len())
}

/// The names that the plan calls the unit by, where they differ from the register's.
fn written(edition: &Edition, unit: &Unit) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for duty in edition.duties.iter().filter(|duty| duty.unit == unit.id) {
        if !names.contains(&duty.written.as_str()) {
            names.push(&duty.written);
        }
    }
    let differs = names.iter().any(|name| *name != unit.name);
    differs.then(|| names.join("、"))
}
