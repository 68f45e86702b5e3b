//! An edition of a plan in memory: the compiled plan with codes, items and duties looked up. Never changes.

use std::collections::{HashMap, HashSet};

use kepu_plan::codes;
use kepu_plan::model::{Plan, Role, Section};

use crate::people::units::{Register, Unit};

/// What is known of an edition before its text is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Id of the edition.
    pub id: String,
    /// Id of the plan.
    pub plan: String,
    /// District, city or nation.
    pub level: Level,
    /// 1 for the first.
    pub number: i64,
    /// The edition that it corrects.
    pub basis: Option<String>,
    /// Whether it is the one of its plan that is in force.
    pub in_force: bool,
    /// Whether it is in force and no plan of its level was put in force after it.
    pub holds: bool,
    /// Whether the text says of itself that it is a restatement.
    pub restated: bool,
    /// Why there is this edition.
    pub note: String,
    /// When it was stored, microseconds UTC.
    pub added_at: i64,
}

/// Whose plan it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 国家.
    Nation,
    /// 省、市.
    City,
    /// 区、县: the plan that this installation runs on.
    #[default]
    District,
}

impl Level {
    /// As stored and as typed in a command.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nation => "nation",
            Self::City => "city",
            Self::District => "district",
        }
    }

    /// The level that is stored or typed as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Nation, Self::City, Self::District]
            .into_iter()
            .find(|level| level.as_str() == text)
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Nation => "国家",
            Self::City => "市级",
            Self::District => "区级",
        }
    }
}

/// Something that somebody answers for: a measure, or a duty in running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Id of the measure, the same in every edition; empty before it is stored.
    pub id: String,
    /// `3.1-2`, or `5.1-d1` for a duty in running text.
    pub code: String,
    /// Index of its section.
    pub section: usize,
    /// Its short title, or its first words.
    pub title: String,
    /// Where it stands.
    pub place: Place,
    /// 1-based line in the source text.
    pub line: usize,
}

/// Where an item stands in its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The n-th measure.
    Measure(usize),
    /// The n-th duty in running text.
    Inline(usize),
}

impl Default for Place {
    fn default() -> Self {
        Self::Measure(0)
    }
}

/// One unit's part in a section or in one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Index of the section.
    pub section: usize,
    /// Index of the item, where the duty is given to one item only.
    pub item: Option<usize>,
    /// Id of the unit.
    pub unit: String,
    /// Its part.
    pub role: Role,
    /// Its name as the clause has it.
    pub written: String,
    /// 1-based line in the source text.
    pub line: usize,
}

/// An edition with everything looked up.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// What is known of it.
    pub head: Head,
    /// The compiled plan.
    pub plan: Plan,
    /// The source text by lines.
    pub lines: Vec<String>,
    /// Code of each section.
    pub codes: Vec<String>,
    /// Everything accountable, in the order of the text.
    pub items: Vec<Item>,
    /// Every part of every unit.
    pub duties: Vec<Assigned>,
    /// The register of units as it was when this value was built.
    pub register: Register,
    /// Sections that have parts assigned: the columns of the matrix.
    pub columns: Vec<usize>,
    item_by_code: HashMap<String, usize>,
    named: HashSet<String>,
}

/// The sections' codes and the items of a plan: the same for the same plan, whoever stores it.
pub fn outline(plan: &Plan) -> (Vec<String>, Vec<Item>) {
    let section_codes = codes::of_sections(plan);
    let mut items: Vec<Item> = Vec::new();
    for (index, section) in plan.sections.iter().enumerate() {
        let code = &section_codes[index];
        for (at, measure) in section.measures.iter().enumerate() {
            items.push(Item {
                code: codes::measure_code(code, at),
                section: index,
                title: measure.title.clone().unwrap_or_else(|| opening(&measure.text)),
                place: Place::Measure(at),
                line: measure.line,
                ..Item::default()
            });
        }
        for (at, inline) in section.inline_duties.iter().enumerate() {
            items.push(Item {
                code: codes::inline_code(code, at),
                section: index,
                title: format!("{}：{}", inline.unit, opening(&inline.text)),
                place: Place::Inline(at),
                line: inline.line,
                ..Item::default()
            });
        }
    }
    items.sort_by_key(|item| (item.section, item.line));
    (section_codes, items)
}

/// The words that stand for a text without a title.
pub fn opening(text: &str) -> String {
    let end = text
        .char_indices()
        .find(|(at, c)| *at > 0 && "，。；：".contains(*c))
        .map_or(text.len(), |(at, _)| at);
    let head: String = text[..end].chars().take(24).collect();
    if head.len() < end { format!("{head}…") } else { head }
}

impl Edition {
    /// Puts an edition together. `ids` gives the stored measure of each code.
    pub fn new(
        head: Head,
        plan: Plan,
        source: &str,
        ids: &HashMap<String, String>,
        duties: Vec<Assigned>,
        register: Register,
    ) -> Self {
        let (codes, mut items) = outline(&plan);
        for item in &mut items {
            item.id = ids.get(&item.code).cloned().unwrap_or_default();
        }
        let item_by_code = items
            .iter()
            .enumerate()
            .map(|(at, item)| (item.code.clone(), at))
            .collect();
        let named = duties.iter().map(|duty| duty.unit.clone()).collect();
        let mut edition = Self {
            head,
            lines: source.lines().map(str::to_owned).collect(),
            codes,
            items,
            duties,
            register,
            item_by_code,
            named,
            columns: Vec::new(),
            plan,
        };
        edition.columns = (0..edition.plan.sections.len())
            .filter(|&index| {
                edition
                    .duties
                    .iter()
                    .any(|duty| edition.column_of(duty.section) == index)
            })
            .collect();
        edition
    }

    /// The plan's title.
    pub fn title(&self) -> &str {
        self.plan
            .title
            .as_deref()
            .or(self.plan.title_in_notice.as_deref())
            .unwrap_or("没有标题的方案")
    }

    /// Where the pages of this edition live.
    pub fn base(&self) -> String {
        if self.head.holds && self.head.level == Level::District {
            "/plan".to_owned()
        } else {
            format!("/editions/{}", self.head.id)
        }
    }

    /// The years of the plan, in words.
    pub fn years(&self) -> String {
        self.plan
            .period
            .map_or_else(|| "没有写明".to_owned(), |[from, to]| format!("{from}—{to}年"))
    }

    /// Whether the plan's last year has passed.
    pub fn is_over(&self, this_year: i16) -> bool {
        self.plan.period.is_some_and(|[_, to]| i32::from(this_year) > to)
    }

    /// The item with this code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.item_by_code.get(code).map(|&at| &self.items[at])
    }

    /// The items of a section, in the order of the text.
    pub fn items_of(&self, section: usize) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.section == section)
    }

    /// The whole text of an item.
    pub fn text(&self, item: &Item) -> &str {
        let section = &self.plan.sections[item.section];
        match item.place {
            Place::Measure(at) => &section.measures[at].text,
            Place::Inline(at) => &section.inline_duties[at].sentence,
        }
    }

    /// Whether an item is a duty in running text.
    pub fn is_inline(item: &Item) -> bool {
        matches!(item.place, Place::Inline(_))
    }

    /// Sections that are programmes: the plan's actions and projects, not the parts that only hold them.
    pub fn programmes(&self) -> impl Iterator<Item = (usize, &Section)> {
        let sections = self.plan.sections.iter().enumerate();
        sections.filter(|(at, section)| section.kind.is_programme() && !self.holds_programmes(*at))
    }

    fn holds_programmes(&self, section: usize) -> bool {
        let path = &self.plan.sections[section].path;
        self.plan.sections[section + 1..]
            .iter()
            .take_while(|below| below.path.len() > path.len() && below.path.starts_with(path))
            .any(|below| below.kind.is_programme() && below.path.len() == path.len() + 1)
    }

    /// How many measures (not running-text duties) there are.
    pub fn measure_count(&self) -> usize {
        self.items.iter().filter(|item| !Self::is_inline(item)).count()
    }

    /// The parts that cover an item: its own, or those of the section around it when it has none.
    pub fn duties_of(&self, item: &Item) -> Vec<&Assigned> {
        let at = self.item_by_code.get(&item.code).copied();
        let own: Vec<&Assigned> = self
            .duties
            .iter()
            .filter(|duty| duty.item.is_some() && duty.item == at)
            .collect();
        let inherits = match item.place {
            Place::Measure(n) => self.plan.sections[item.section].measures[n].inherits_duties,
            Place::Inline(_) => false,
        };
        if !own.is_empty() || !inherits {
            return own;
        }
        let mut section = Some(item.section);
        while let Some(index) = section {
            let of_section = self.duties_of_section(index);
            if !of_section.is_empty() {
                return of_section;
            }
            section = self.parent(index);
        }
        Vec::new()
    }

    /// The parts that a section's own clauses assign.
    pub fn duties_of_section(&self, section: usize) -> Vec<&Assigned> {
        self.duties
            .iter()
            .filter(|duty| duty.section == section && duty.item.is_none())
            .collect()
    }

    /// The section that a section lies in.
    pub fn parent(&self, section: usize) -> Option<usize> {
        let path = &self.plan.sections[section].path;
        let (_, outer) = path.split_last()?;
        if outer.is_empty() {
            return None;
        }
        self.plan.sections[..section]
            .iter()
            .rposition(|candidate| candidate.path == outer)
    }

    /// The column of the matrix that a section counts in: the programme around it, or the section itself.
    pub fn column_of(&self, section: usize) -> usize {
        let mut at = Some(section);
        while let Some(index) = at {
            if self.plan.sections[index].kind.is_programme() && !self.holds_programmes(index) {
                return index;
            }
            at = self.parent(index);
        }
        section
    }

    /// The unit of a part.
    pub fn unit(&self, duty: &Assigned) -> Option<&Unit> {
        self.register.by_id(&duty.unit)
    }

    /// The members of a collective in this plan.
    pub fn members(&self, collective: &Unit) -> Vec<&Unit> {
        self.register.members(collective, &|unit| self.named.contains(&unit.id))
    }

    /// Whether the plan gives this unit a part by name.
    pub fn names(&self, unit: &Unit) -> bool {
        self.named.contains(&unit.id)
    }

    /// Collectives with a part in this plan that `unit` is a member of.
    pub fn collectives_of(&self, unit: &Unit) -> Vec<&Unit> {
        self.register
            .units()
            .iter()
            .filter(|one| one.collective && self.named.contains(&one.id))
            .filter(|one| self.members(one).iter().any(|member| member.id == unit.id))
            .collect()
    }
}
