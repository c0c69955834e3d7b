//! The six numbers that take one plane to another (ISO 32000-2, 8.3.3).

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
    fn turn(&self, x: f64, y: f64) -> (f64, f64) {
        let Self([xx, xy, yx, yy, ..]) = self;
        (x * xx + y * yx, x * xy + y * yy)
    }
}
