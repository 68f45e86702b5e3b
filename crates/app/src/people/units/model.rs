//! The register of units: names to units, collectives to members. Pure.

use std::collections::HashMap;

/// A unit of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// Its short code, which addresses show.
    pub code: String,
    /// The usual short name.
    pub name: String,
    /// The full name, where it is known.
    pub full_name: Option<String>,
    /// 党委部门, 政府部门, 群团, 街道, 镇, 乡 …
    pub kind: String,
    /// The region that it serves.
    pub region: Option<String>,
    /// The code of the unit that houses it (设在…).
    pub seat: Option<String>,
    /// Whether it stands for several units.
    pub collective: bool,
    /// How the members of a collective are found.
    pub members: Option<String>,
    /// Whether a person has checked it. Units that only a plan named are not checked (待核对).
    pub checked: bool,
    /// Its place in the roster.
    pub place: i64,
}

/// A row of the roster file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The unit; its id is given when it is stored.
    pub unit: Unit,
    /// The other names that it goes by.
    pub aliases: Vec<String>,
}

/// The whole register in memory.
#[derive(Clone, Debug, Default)]
pub struct Register {
    units: Vec<Unit>,
    by_name: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
}

impl Register {
    /// Builds the register from its units and (folded name, unit id) pairs.
    pub fn new(units: Vec<Unit>, names: Vec<(String, String)>) -> Self {
        let by_id: HashMap<_, _> = units
            .iter()
            .enumerate()
            .map(|(at, unit)| (unit.id.clone(), at))
            .collect();
        let by_code = units
            .iter()
            .enumerate()
            .map(|(at, unit)| (unit.code.clone(), at))
            .collect();
        let by_name = names
            .into_iter()
            .filter_map(|(name, id)| Some((name, *by_id.get(&id)?)))
            .collect();
        Self {
            units,
            by_name,
            by_id,
            by_code,
        }
    }

    /// The unit that goes by `name`: exactly, after folding. 老科协 is not 区科协, so nothing looser is tried.
    pub fn find(&self, name: &str) -> Option<&Unit> {
        self.by_name.get(&fold(name)).map(|&at| &self.units[at])
    }

    /// The unit with this id.
    pub fn by_id(&self, id: &str) -> Option<&Unit> {
        self.by_id.get(id).map(|&at| &self.units[at])
    }

    /// The unit with this code.
    pub fn by_code(&self, code: &str) -> Option<&Unit> {
        self.by_code.get(code).map(|&at| &self.units[at])
    }

    /// All units in the order of the roster.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The members of a collective, by its rule: `kind:街道|镇|乡`, `codes:a|b`, or `named-in-plan`, which
    /// takes every single unit that `named` knows.
    pub fn members(&self, collective: &Unit, named: &dyn Fn(&Unit) -> bool) -> Vec<&Unit> {
        let Some(rule) = collective.members.as_deref().filter(|_| collective.collective) else {
            return Vec::new();
        };
        let (what, list) = rule.split_once(':').unwrap_or((rule, ""));
        let listed = |value: &str| list.split('|').any(|one| one == value);
        self.units
            .iter()
            .filter(|unit| !unit.collective)
            .filter(|unit| match what {
                "kind" => listed(&unit.kind),
                "codes" => listed(&unit.code),
                "named-in-plan" => named(unit),
                _ => false,
            })
            .collect()
    }

    /// Units whose name, full name or any alias holds `words`.
    pub fn search(&self, words: &str) -> Vec<&Unit> {
        let words = fold(words);
        if words.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<usize> = self
            .by_name
            .iter()
            .filter(|(name, _)| name.contains(&words))
            .map(|(_, &at)| at)
            .collect();
        hits.extend(self.units.iter().enumerate().filter_map(|(at, unit)| {
            let full = unit.full_name.as_deref().map(fold)?;
            full.contains(&words).then_some(at)
        }));
        hits.sort_unstable();
        hits.dedup();
        hits.into_iter().map(|at| &self.units[at]).collect()
    }
}

/// A name as it is looked up: the key under which the plan compiler lets all forms of one party fall together.
pub fn fold(name: &str) -> String {
    kepu_plan::units::key(name)
}

/// Reads the roster file. The first bad row refuses the whole, named by its line.
pub fn read_csv(bytes: &[u8]) -> Result<Vec<Listed>, String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|one| one == name)
            .ok_or_else(|| format!("缺少列 {name}"))
    };
    let (code, name, full_name) = (column("code")?, column("name")?, column("full_name")?);
    let (kind, aliases, region) = (column("kind")?, column("aliases")?, column("region")?);
    let (collective, members, seat) = (column("collective")?, column("members")?, column("seat")?);
    let mut units = Vec::new();
    for (place, record) in reader.records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let text = |index: usize| record.get(index).unwrap_or_default().trim().to_owned();
        let optional = |index: usize| Some(text(index)).filter(|text| !text.is_empty());
        if text(code).is_empty() || text(name).is_empty() {
            return Err(format!("第{line}行：代码和名称都要填"));
        }
        units.push(Listed {
            unit: Unit {
                id: String::new(),
                code: text(code),
                name: text(name),
                full_name: optional(full_name),
                kind: text(kind),
                region: optional(region),
                seat: optional(seat),
                collective: text(collective) == "yes",
                members: optional(members),
                checked: true,
                place: i64::try_from(place).unwrap_or(i64::MAX),
            },
            aliases: text(aliases)
                .split('|')
                .filter(|one| !one.is_empty())
                .map(str::to_owned)
                .collect(),
        });
    }
    Ok(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(id: &str, name: &str, kind: &str) -> Unit {
        Unit {
            id: id.to_owned(),
            code: id.to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            ..Unit::default()
        }
    }

    fn register() -> Register {
        let streets = Unit {
            collective: true,
            members: Some("kind:街道|镇".to_owned()),
            ..unit("all", "各街道乡镇", "其他")
        };
        let units = vec![
            unit("kx", "区科协", "群团"),
            unit("cz", "区财政局", "政府部门"),
            unit("bei", "北苑街道", "街道"),
            unit("song", "宋庄镇", "镇"),
            streets,
        ];
        let names = [
            ("区科协", "kx"),
            ("区财政局", "cz"),
            ("区财政", "cz"),
            ("各街道乡镇", "all"),
            ("各街道办事处和乡镇政府", "all"),
        ];
        Register::new(
            units,
            names.iter().map(|(name, id)| (fold(name), (*id).to_owned())).collect(),
        )
    }

    #[test]
    fn one_party_under_many_names() {
        let register = register();
        assert_eq!(register.find("区财政"), register.find("区 财政局"));
        assert_eq!(register.find("各街道乡镇"), register.find("各街道办事处和乡镇政府"));
    }

    #[test]
    fn a_likeness_is_no_match() {
        assert_eq!(register().find("老科协"), None);
        assert_eq!(register().find("科协"), None);
    }

    #[test]
    fn a_collective_has_members_by_its_rule() {
        let register = register();
        let all = register.find("各街道乡镇").unwrap();
        let members: Vec<_> = register
            .members(all, &|_| false)
            .iter()
            .map(|unit| &unit.name)
            .collect();
        assert_eq!(members, ["北苑街道", "宋庄镇"]);
    }
}
