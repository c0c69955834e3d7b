//! The backups of Firefox's bookmarks, `bookmarks-….jsonlz4`: JSON as one block of LZ4 (the LZ4 block format) after a
//! mark and the size of what is packed.

use super::super::outlet::Outlet;
use super::bookmarks;
use crate::config;

/// How such a file begins.
const MARK: &[u8] = b"mozLz40\0";

/// Returns whether it is one.
pub(in crate::format) fn is_backup(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK)
}

/// Reads it.
pub(in crate::format) fn read_backup(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    let rest = bytes.get(MARK.len()..).unwrap_or_default();
    let Some((size, block)) = rest.split_first_chunk::<4>() else {
        return outlet.warn("file", "is cut off; passed over");
    };
    let size = u32::from_le_bytes(*size) as usize;
    if !outlet.spend(size) {
        let size = config::size(size as u64);
        let message =
            format!("unpacks to {size}, more than is read (the setting limits.ratio); passed over");
        return outlet.warn("file", message);
    }
    let Some(unpacked) = unpack(block, size) else {
        return outlet.warn(
            "file",
            "is damaged: its LZ4 cannot be unpacked; passed over",
        );
    };
    let text = String::from_utf8_lossy(&unpacked);
    match bookmarks::told(&text) {
        Some(make) => bookmarks::read(&text, make, outlet),
        None => outlet.warn(
            "file",
            "is a file of Firefox's, but none of bookmarks; passed over",
        ),
    }
}

/// Unpacks a block that holds `size` bytes; nothing where it does not. A block of LZ4 holds 255 times its own size at
/// most, so that no more is taken than the file could mean.
fn unpack(block: &[u8], size: usize) -> Option<Vec<u8>> {
    if size / 255 > block.len() {
        return None;
    }
    let unpacked = lz4_flex::block::decompress(block, size).ok()?;
    (unpacked.len() == size).then_some(unpacked)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_block_is_unpacked_with_its_repeats() {
        // "abcabcabc…": three letters, and twelve bytes from three back; then the last five as they are.
        let block = b"\x38abc\x03\x00\x50abcde";
        assert_eq!(
            unpack(block, 20).as_deref(),
            Some(&b"abcabcabcabcabcabcde"[..])
        );
        for (block, size) in [
            (&b"\x38abc\x03\x00\x50abcde"[..], 19),
            (b"\x38abc\x04\x00\x50abcde", 20),
            (b"\x38abc\x00\x00\x50abcde", 20),
            (b"\xf0", 15),
            (b"", 0),
            (b"\x10a", usize::MAX),
        ] {
            assert_eq!(unpack(block, size), None, "{block:?}");
        }
    }

    #[test]
    fn lengths_beyond_fifteen_are_summed() {
        let mut block = vec![0xf0, 255, 30];
        block.extend(std::iter::repeat_n(b'x', 300));
        assert_eq!(unpack(&block, 300), Some(vec![b'x'; 300]));
    }

    proptest! {
        #[test]
        fn any_block_is_unpacked_or_refused(block in proptest::collection::vec(any::<u8>(), 0..80), size in 0usize..4000) {
            if let Some(unpacked) = unpack(&block, size) {
                prop_assert_eq!(unpacked.len(), size);
            }
        }
    }
}
