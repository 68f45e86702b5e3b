//! The responsibility matrix: units × programmes. Pure.

use kepu_plan::model::Role;

use super::edition::Edition;
use super::wording::ROLES;
use crate::people::units::Unit;

/// What is shown of the matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only units with this role somewhere.
    pub role: Option<Role>,
    /// Only units of this kind.
    pub kind: Option<String>,
    /// Only the column with this code.
    pub programme: Option<String>,
    /// Collectives taken apart into their members.
    pub members: bool,
}

/// The matrix of an edition.
#[derive(Clone, Debug)]
pub struct Matrix<'a> {
    /// Indices of the sections that are columns.
    pub columns: Vec<usize>,
    /// One row a unit, those that lead most first.
    pub rows: Vec<MatrixRow<'a>>,
    /// Per column, how many units have each role, in the order of [`ROLES`].
    pub totals: Vec<[usize; 4]>,
}

/// A unit's row.
#[derive(Clone, Debug)]
pub struct MatrixRow<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Per column, the roles of the unit.
    pub cells: Vec<Cell>,
    /// How many columns it has each role in, in the order of [`ROLES`].
    pub totals: [usize; 4],
}

/// The roles of a unit in a column, one bit each in the order of [`ROLES`]; a second set came through a collective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    own: u8,
    shared: u8,
}

impl Cell {
    /// The roles, the strongest first.
    pub fn roles(self) -> impl Iterator<Item = Role> {
        let bits = self.own | self.shared;
        ROLES
            .into_iter()
            .enumerate()
            .filter(move |(at, _)| bits & (1 << at) != 0)
            .map(|(_, role)| role)
    }

    /// Whether the unit has no part.
    pub fn is_empty(self) -> bool {
        self.own | self.shared == 0
    }

    /// Whether the part comes only through a collective.
    pub fn is_shared(self) -> bool {
        self.own == 0 && self.shared != 0
    }

    /// Whether the unit leads and also takes part, which a person should look at.
    pub fn is_double(self) -> bool {
        self.own & 0b11 == 0b11
    }

    fn has(self, at: usize) -> bool {
        (self.own | self.shared) & (1 << at) != 0
    }
}

fn bit(role: Role) -> usize {
    ROLES.iter().position(|one| *one == role).unwrap_or_default()
}

/// Builds the matrix of an edition as filtered.
pub fn matrix<'a>(edition: &'a Edition, filter: &Filter) -> Matrix<'a> {
    let columns: Vec<usize> = edition
        .columns
        .iter()
        .copied()
        .filter(|&column| {
            filter
                .programme
                .as_ref()
                .is_none_or(|code| edition.codes[column] == *code)
        })
        .collect();
    let mut rows: Vec<MatrixRow<'a>> = edition
        .register
        .units()
        .iter()
        .map(|unit| MatrixRow {
            unit,
            cells: vec![Cell::default(); columns.len()],
            totals: [0; 4],
        })
        .collect();
    let row_of = |id: &str| edition.register.units().iter().position(|unit| unit.id == id);
    for duty in &edition.duties {
        let column = edition.column_of(duty.section);
        let Some(at) = columns.iter().position(|&one| one == column) else {
            continue;
        };
        let Some(row) = row_of(&duty.unit) else { continue };
        let bit = 1 << bit(duty.role);
        let unit = rows[row].unit;
        let members = if filter.members && unit.collective {
            edition.members(unit)
        } else {
            Vec::new()
        };
        // A collective whose members nobody has entered keeps its own row: nothing vanishes.
        if !members.is_empty() {
            for member in members {
                if let Some(row) = row_of(&member.id) {
                    rows[row].cells[at].shared |= bit;
                }
            }
        } else {
            rows[row].cells[at].own |= bit;
        }
    }
    rows.retain(|row| {
        row.cells.iter().any(|cell| !cell.is_empty())
            && filter.kind.as_ref().is_none_or(|kind| row.unit.kind == *kind)
            && filter
                .role
                .is_none_or(|role| row.cells.iter().any(|cell| cell.has(bit(role))))
    });
    let mut totals = vec![[0; 4]; columns.len()];
    for row in &mut rows {
        for (column, cell) in row.cells.iter().enumerate() {
            for at in (0..ROLES.len()).filter(|&at| cell.has(at)) {
                row.totals[at] += 1;
                totals[column][at] += 1;
            }
        }
    }
    rows.sort_by_key(|row| {
        let [lead, participant, responsible, guide] = row.totals;
        let all = lead + participant + responsible + guide;
        (usize::MAX - lead, usize::MAX - all, row.unit.place)
    });
    Matrix { columns, rows, totals }
}
