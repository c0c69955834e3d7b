//! A ZIP file that was cut short: its directory, which stands at the end, is written anew from the headers that stand
//! before each entry (APPNOTE 6.3, sections 4.3.7 and 4.3.12).

/// How long a local header is without its name and what follows it, in bytes.
const HEADER: usize = 30;

/// What begins the header of an entry, and what begins its sizes where they follow it.
const LOCAL: &[u8; 4] = b"PK\x03\x04";
const DESCRIPTOR: &[u8; 4] = b"PK\x07\x08";

/// Set where the sizes of an entry stand after its data, for who wrote it did not know them before.
const SIZES_FOLLOW: u16 = 1 << 3;

/// Returns the file with a directory of the entries that begin in it, at most so many; nothing where none does.
pub(super) fn recovered(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut directory = Vec::new();
    let mut count: u16 = 0;
    let mut at = 0;
    while usize::from(count) < most.min(usize::from(u16::MAX - 1)) {
        let Some((record, end)) = entry(bytes, at) else {
            break;
        };
        directory.extend(record);
        count += 1;
        let Some(next) = find(bytes, end, &[LOCAL]) else {
            break;
        };
        at = next;
    }
    let (start, size) = (
        u32::try_from(bytes.len()).ok()?,
        u32::try_from(directory.len()).ok()?,
    );
    if count == 0 {
        return None;
    }
    let mut whole = Vec::with_capacity(bytes.len() + directory.len() + 22);
    whole.extend(bytes);
    whole.extend(directory);
    whole.extend(b"PK\x05\x06\0\0\0\0");
    whole.extend(count.to_le_bytes());
    whole.extend(count.to_le_bytes());
    whole.extend(size.to_le_bytes());
    whole.extend(start.to_le_bytes());
    whole.extend([0, 0]);
    Some(whole)
}

/// Returns the record of the directory for the entry at a place, and where its data ends.
fn entry(bytes: &[u8], at: usize) -> Option<(Vec<u8>, usize)> {
    let header = bytes.get(at..at.checked_add(HEADER)?)?;
    let name_length = usize::from(u16::from_le_bytes([*header.get(26)?, *header.get(27)?]));
    let extra_length = usize::from(u16::from_le_bytes([*header.get(28)?, *header.get(29)?]));
    let flags = u16::from_le_bytes([*header.get(6)?, *header.get(7)?]);
    let name = bytes.get(at + HEADER..at + HEADER + name_length)?;
    let data = at + HEADER + name_length + extra_length;
    let rest = bytes.len().checked_sub(data)?;
    let said = u32::from_le_bytes(header.get(18..22)?.try_into().ok()?) as usize;
    let mut checksum = header.get(14..18)?;
    let packed = if flags & SIZES_FOLLOW != 0 && said == 0 {
        let end = find(bytes, data, &[DESCRIPTOR, LOCAL, b"PK\x01\x02"]);
        if let Some(end) = end.filter(|end| bytes.get(*end..*end + 4) == Some(DESCRIPTOR)) {
            checksum = bytes.get(end + 4..end + 8).unwrap_or(checksum);
        }
        end.map_or(rest, |end| end - data)
    } else {
        said.min(rest)
    };
    let mut record = b"PK\x01\x02\x14\0".to_vec();
    record.extend(header.get(4..6)?);
    record.extend((flags & !SIZES_FOLLOW).to_le_bytes());
    // Method, time and date.
    record.extend(header.get(8..14)?);
    record.extend(checksum);
    record.extend(u32::try_from(packed).ok()?.to_le_bytes());
    record.extend(header.get(22..26)?);
    record.extend(u16::try_from(name_length).ok()?.to_le_bytes());
    // No extra field, no comment, the first disk, no attributes.
    record.extend([0; 12]);
    record.extend(u32::try_from(at).ok()?.to_le_bytes());
    record.extend(name);
    Some((record, data + packed))
}

/// Returns where the first of these signatures stands at or after a place.
fn find(bytes: &[u8], from: usize, signatures: &[&[u8; 4]]) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.windows(2).position(|two| two == b"PK")?;
        let four = bytes.get(at..at + 4)?;
        if signatures.iter().any(|signature| four == *signature) {
            return Some(at);
        }
        at += 1;
    }
}
