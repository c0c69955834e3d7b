//! What lies beside documents and is none, told by its name: what pages are shown with, and the folder that a browser
//! puts it into. A folder of saved pages is full of it. Whoever names such a file wants it looked at all the same.

/// The endings of pictures, drawings, fonts, sounds and films, as they are shown with pages and lie about in folders.
const MEDIA: [&str; 61] = [
    "3gp", "aac", "ai", "aif", "aiff", "apng", "avi", "avif", "bmp", "cr2", "cur", "dng", "eot",
    "eps", "flac", "flv", "gif", "heic", "heif", "icns", "ico", "indd", "jpe", "jpeg", "jpg",
    "jxl", "m4a", "m4v", "mid", "midi", "mka", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "nef",
    "oga", "ogg", "ogv", "opus", "otf", "png", "psd", "svg", "svgz", "tif", "tiff", "ttc", "ttf",
    "wav", "webm", "webp", "wma", "wmv", "woff", "woff2", "xpm", "xbm", "pnm",
];

/// The endings of style sheets and of code: it is written for machines. What is written about it (Markdown, manuals)
/// is read. Not here: `php`, `asp`, `cgi` and the like, which pages keep that were saved from there.
const CODE: [&str; 46] = [
    "bash", "bat", "c", "cc", "cjs", "class", "cpp", "cs", "css", "cxx", "dart", "fish", "go",
    "gradle", "h", "hpp", "hs", "java", "js", "jsx", "kt", "less", "lua", "map", "mjs", "ncx", "o",
    "ps1", "py", "pyc", "rb", "rs", "sass", "scala", "scss", "sh", "sql", "swift", "ts", "tsx",
    "vb", "vbs", "vue", "wasm", "xsl", "zsh",
];

/// The names of what programs are built by, which have no ending.
const BUILDS: [&str; 6] = [
    "CMakeLists",
    "Dockerfile",
    "GNUmakefile",
    "Makefile",
    "Rakefile",
    "makefile",
];

/// The endings of programs and of what they keep.
const PROGRAMS: [&str; 18] = [
    "apk", "db", "deb", "dll", "dmg", "dylib", "emlxpart", "exe", "iso", "jar", "lock", "msf",
    "msi", "pyd", "rpm", "so", "sqlite", "torrent",
];

/// What browsers add to a page's name for the folder with what it is shown with: `_files` in English, and as Internet
/// Explorer and Firefox have it in other languages ("Manipulating Connected Files" of the Windows shell).
const FOLDERS: [&str; 29] = [
    "_files",
    ".files",
    "-files",
    "-Dateien",
    "_fichiers",
    "_bestanden",
    "_file",
    "_archivos",
    "-filer",
    "_tiedostot",
    "_pliki",
    "_soubory",
    "_elemei",
    "_ficheiros",
    "_arquivos",
    "_dosyalar",
    "_datoteke",
    "_fitxers",
    "_failid",
    "_fails",
    "_bylos",
    "_fajlovi",
    "_fitxategiak",
    "_файлы",
    "-файлы",
    "_súbory",
    "_ファイル",
    "_檔案",
    "_文件",
];

/// The endings that the page beside such a folder may have.
const PAGES: [&str; 8] = [
    "asp", "htm", "html", "mht", "mhtml", "php", "shtml", "xhtml",
];

/// Returns whether a file of that name, met in a folder or an archive, is no document: a picture, a sound, a font, a
/// style sheet, code, a program.
///
/// ```
/// use recto::format::is_no_document;
///
/// assert!(is_no_document("Article_files/jquery.min.JS"));
/// assert!(!is_no_document("notes/on-javascript.md"));
/// ```
pub fn is_no_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((_, ending)) = name.rsplit_once('.') else {
        return BUILDS.contains(&name);
    };
    let known = MEDIA.iter().chain(&CODE).chain(&PROGRAMS);
    known
        .into_iter()
        .any(|one| one.eq_ignore_ascii_case(ending))
}

/// Returns the names that a page may have whose pictures, styles and frames lie in a folder called `folder`. Where one
/// of them is there, the folder is a part of it; none, where no browser names a folder so.
pub fn pages_of_folder(folder: &str) -> Vec<String> {
    let stems = FOLDERS.iter().filter_map(|end| folder.strip_suffix(end));
    let stems = stems.filter(|stem| !stem.is_empty());
    stems
        .flat_map(|stem| {
            let named = PAGES.iter().map(move |ending| format!("{stem}.{ending}"));
            let in_capitals = ["HTML", "HTM"].map(|ending| format!("{stem}.{ending}"));
            named.chain(in_capitals)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_document_is_told_by_its_ending() {
        for (name, expected) in [
            ("a.png", true),
            ("deep/er/PHOTO.JPG", true),
            ("jquery-3.2.1.min.js", true),
            ("style.css", true),
            ("font.woff2", true),
            ("logo.svg", true),
            ("talk.mp3", true),
            ("main.rs", true),
            ("backup.sh", true),
            ("page.html", false),
            ("index.php", false),
            ("notes.md", false),
            ("minutes.txt", false),
            ("table.csv", false),
            ("report.pdf", false),
            ("letters.eml", false),
            ("README", false),
            ("js", false),
            ("2019.js/page", false),
            ("what.is.this", false),
            ("", false),
        ] {
            assert_eq!(is_no_document(name), expected, "{name}");
        }
    }

    #[test]
    fn what_is_read_is_never_passed_over_by_its_name() {
        // The endings by which formats are told.
        for ending in [
            "html", "htm", "xhtml", "xml", "rss", "atom", "rdf", "md", "markdown", "org", "rst",
            "txt", "text", "json", "jsonl", "ndjson", "epub", "docx", "odt", "fodt", "pdf", "eml",
            "emlx", "mbox", "mbx", "mht", "mhtml", "opml", "gz", "zip", "log", "csv", "tex",
            "adoc",
        ] {
            assert!(!is_no_document(&format!("a.{ending}")), "{ending}");
        }
    }

    #[test]
    fn the_folder_of_a_saved_page_is_named_after_it() {
        for (folder, page) in [
            ("Article_files", "Article.html"),
            ("On trust.files", "On trust.htm"),
            ("Artikel-Dateien", "Artikel.html"),
            ("Un mot_fichiers", "Un mot.htm"),
            ("Nota_archivos", "Nota.HTM"),
        ] {
            assert!(
                pages_of_folder(folder).iter().any(|one| one == page),
                "{folder}"
            );
        }
        for folder in ["files", "_files", "Articles", ""] {
            assert_eq!(pages_of_folder(folder), Vec::<String>::new(), "{folder}");
        }
    }
}
