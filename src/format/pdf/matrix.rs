//! The six numbers that take one plane to another (ISO 32000-2, 8.3.3).

/// How far from a quarter turn text may stand, as the tangent of the angle: eleven degrees, a page scanned askew.
const ASKEW: f64 = 0.2;

/// A transformation `[a b c d e f]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    /// What changes nothing.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Returns what moves by `(x, y)`.
    pub fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// Returns the quarter turn by which text that runs in this direction comes to run from left to right, on a page
    /// of this size whose `y` goes down; nothing for text that stands askew.
    pub fn upright_from((x, y): (f64, f64), (width, height): (f64, f64)) -> Option<Self> {
        if x.hypot(y) == 0.0 || !x.is_finite() || !y.is_finite() {
            None
        } else if y.abs() < x.abs() * ASKEW {
            Some(if x > 0.0 {
                Self::IDENTITY
            } else {
                Self([-1.0, 0.0, 0.0, -1.0, width, height])
            })
        } else if x.abs() < y.abs() * ASKEW {
            Some(if y < 0.0 {
                Self([0.0, 1.0, -1.0, 0.0, height, 0.0])
            } else {
                Self([0.0, -1.0, 1.0, 0.0, 0.0, width])
            })
        } else {
            None
        }
    }

    /// Returns this transformation followed by another.
    pub fn then(&self, next: &Self) -> Self {
        let Self([xx, xy, yx, yy, dx, dy]) = *self;
        let (xx, xy) = next.turn(xx, xy);
        let (yx, yy) = next.turn(yx, yy);
        let (dx, dy) = next.apply(dx, dy);
        Self([xx, xy, yx, yy, dx, dy])
    }

    /// Returns where a point comes to stand.
    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let Self([.., dx, dy]) = self;
        let (x, y) = self.turn(x, y);
        (x + dx, y + dy)
    }

    /// Returns what becomes of a direction, which has no place to be moved from.
    pub fn turn(&self, x: f64, y: f64) -> (f64, f64) {
        let Self([xx, xy, yx, yy, ..]) = self;
        (x * xx + y * yx, x * xy + y * yy)
    }
}
