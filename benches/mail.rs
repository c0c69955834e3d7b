//! How fast a large mailbox becomes threads, beside mail-parser alone over the same letters, and how much memory it
//! takes beside the size of the file.
//!
//! The mailbox is made anew in a temporary folder: 100,000 letters in threads of up to some hundred, every tenth with
//! an attachment, every fourth in two forms. The floor is what must be done in any case: each letter is cut out of the
//! file, whose places are known already, and taken apart by mail-parser. Reading goes first, so that the peak of
//! memory is its own. Every document is looked at and dropped. The first ratio is of the time that all cores worked,
//! where the system tells it: what else they do meanwhile is no matter. The second is by the clock, and says what it is
//! worth that letters are read on all cores where those are free.
//!
//! `cargo bench --bench mail`, or `cargo bench --bench mail -- LETTERS`

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::time::Instant;

use mail_parser::MessageParser;
use recto::format::{Input, read_stream};

/// How many letters the mailbox has where the command line does not say.
const LETTERS: usize = 100_000;

const WORDS: [&str; 16] = [
    "trust", "is", "the", "first", "word", "used", "in", "every", "meeting", "and", "nobody",
    "says", "what", "it", "means", "today",
];

fn main() -> io::Result<()> {
    let asked = std::env::args().find_map(|word| word.parse().ok());
    let letters = asked.unwrap_or(LETTERS);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("all.mbox");
    let places = make(BufWriter::new(File::create(&path)?), letters)?;
    let size = fs::metadata(&path)?.len();
    let before = peak();

    let clock = Clock::start();
    let (mut documents, mut posts, mut text) = (0, 0, 0);
    let mut head = vec![0; 4096];
    File::open(&path)?.read_exact(&mut head)?;
    let input = Input::new("all.mbox", &head);
    read_stream(&input, &mut File::open(&path)?, &mut |document| {
        documents += 1;
        posts += document.body.parts().len().max(1);
        text += document.body.text().len();
        ControlFlow::Continue(())
    });
    let reading = clock.times();
    let after = peak();

    let clock = Clock::start();
    let parser = MessageParser::default();
    let mut stream = BufReader::with_capacity(1 << 18, File::open(&path)?);
    for length in places {
        let mut letter = Vec::new();
        stream.by_ref().take(length).read_to_end(&mut letter)?;
        black_box(parser.parse(&letter));
    }
    let floor = clock.times();

    let megabytes = size as f64 / 1e6;
    println!(
        "{letters} letters, {megabytes:.0} MB: {documents} documents, {posts} posts, {:.0} MB of text",
        text as f64 / 1e6
    );
    for (what, time) in [("reading", &reading), ("mail-parser alone", &floor)] {
        println!(
            "{what:<18} {:>9.0} letters/s {:>7.1} MB/s, by the clock {:>9.0} letters/s",
            letters as f64 / time.worked,
            megabytes / time.worked,
            letters as f64 / time.passed,
        );
    }
    println!(
        "ratio {:.3}, by the clock {:.3}",
        floor.worked / reading.worked,
        floor.passed / reading.passed
    );
    match before.zip(after) {
        Some((before, after)) => println!(
            "peak memory {after:.1} MB, {before:.1} MB before it began; the file has {megabytes:.0} MB"
        ),
        None => println!("peak memory: not told by this system"),
    }
    Ok(())
}

/// How long something took, in seconds.
struct Times {
    /// That all cores worked for it.
    worked: f64,
    /// By the clock.
    passed: f64,
}

/// A clock that knows what the processor did for this program.
struct Clock {
    begun: Instant,
    worked: Option<f64>,
}

impl Clock {
    fn start() -> Self {
        Self {
            begun: Instant::now(),
            worked: worked(),
        }
    }

    fn times(&self) -> Times {
        let passed = self.begun.elapsed().as_secs_f64();
        let worked = self.worked.zip(worked());
        Times {
            worked: worked.map_or(passed, |(before, after)| after - before),
            passed,
        }
    }
}

/// Returns how long all cores have worked for this program, in seconds, where the system tells: the fields `utime` and
/// `stime` of Linux (`proc_pid_stat(5)`), in hundredths.
fn worked() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = status.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: Option<u64> = ticks.map(|field| field.parse::<u64>().ok()).sum();
    Some(ticks? as f64 / 100.0)
}

/// Returns the most memory that this program had so far, in MB, where the system tells.
fn peak() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1000.0)
}

/// Writes the mailbox and returns how long each of its letters is.
fn make(mut file: impl Write, letters: usize) -> io::Result<Vec<u64>> {
    let mut places = Vec::with_capacity(letters);
    let mut chance = Chance(1);
    let mut letter = Vec::new();
    for id in 0..letters {
        letter.clear();
        write_letter(&mut letter, id, &mut chance)?;
        file.write_all(&letter)?;
        places.push(letter.len() as u64);
    }
    file.flush()?;
    Ok(places)
}

fn write_letter(letter: &mut Vec<u8>, id: usize, chance: &mut Chance) -> io::Result<()> {
    let (day, hour, minute) = (1 + id / 1440 % 28, id / 60 % 24, id % 60);
    let (month, year) = (["Jan", "Feb", "Mar"][id / 40_320 % 3], 2001 + id / 120_960);
    let thread = id % 7000;
    write!(
        letter,
        "From ann@example.org Mon {month} {day:2} {hour:02}:{minute:02}:00 {year}\n\
         Received: from mx.example.org by lists.example.org; {day} {month} {year} {hour:02}:{minute:02}:00 +0000\n\
         From: =?utf-8?q?Ann_M=C3=BCller?= <ann{}@example.org>\nTo: care@lists.example.org\n\
         Date: {day} {month} {year} {hour:02}:{minute:02}:00 +0000\nMessage-ID: <{id}@example.org>\n\
         List-Id: Care <care.lists.example.org>\nSubject: {}[care] On trust {thread}\nMIME-Version: 1.0\n",
        id % 300,
        if id < 7000 { "" } else { "Re: " },
    )?;
    if id >= 7000 {
        writeln!(
            letter,
            "References: <{thread}@example.org> <{}@example.org>",
            id - 7000
        )?;
    }
    let attached = id.is_multiple_of(10);
    let rich = id.is_multiple_of(4);
    if attached || rich {
        let form = if attached { "mixed" } else { "alternative" };
        write!(
            letter,
            "Content-Type: multipart/{form}; boundary=\"=_{id}\"\n\n--=_{id}\n"
        )?;
    }
    letter.extend_from_slice(b"Content-Type: text/plain; charset=utf-8\n\n");
    let body = letter.len();
    letter.extend_from_slice(b"On Monday, Ann wrote:\n");
    for _ in 0..chance.below(6) {
        line(letter, "> ", chance);
    }
    for _ in 0..8 + chance.below(50) {
        line(letter, "", chance);
        if chance.below(6) == 0 {
            letter.push(b'\n');
        }
    }
    let text = letter.get(body..).unwrap_or_default().to_vec();
    letter.extend_from_slice(b"-- \nAnn\nHead of Libraries\n");
    if attached {
        write!(
            letter,
            "--=_{id}\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
        )?;
        for _ in 0..chance.below(700) {
            letter.extend_from_slice("QUJDREVG".repeat(9).as_bytes());
            letter.push(b'\n');
        }
    } else if rich {
        write!(
            letter,
            "--=_{id}\nContent-Type: text/html; charset=utf-8\n\n<p>"
        )?;
        letter.extend_from_slice(&text);
    }
    if attached || rich {
        writeln!(letter, "--=_{id}--")?;
    }
    letter.push(b'\n');
    Ok(())
}

fn line(letter: &mut Vec<u8>, mark: &str, chance: &mut Chance) {
    let begun = letter.len();
    letter.extend_from_slice(mark.as_bytes());
    while letter.len() - begun < 66 {
        letter.extend_from_slice(WORDS[chance.below(WORDS.len())].as_bytes());
        letter.push(b' ');
    }
    letter.push(b'\n');
}

/// Numbers that look like chance and are the same in every run (Numerical Recipes' generator).
struct Chance(u32);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % end
    }
}
