import Contract
import Testing

@Suite struct `Text from the feed` {
  @Test(arguments: [
    ("plain é 漢字 👩‍💻", "plain é 漢字 👩‍💻"), ("\u{1B}[2Jx", #"\x1B[2Jx"#), ("a\r\nb\tc", #"a\r\nb\tc"#),
    ("\u{9B}31m", #"\x9B31m"#), ("\u{202E}evil\u{2066}", #"\u202Eevil\u2066"#),
    ("\u{7F}", #"\x7F"#),
    ("\u{FEFF}\u{200B}", #"\uFEFF\u200B"#), ("\u{E0041}", #"\uE0041"#),
  ])
  func `does nothing to a terminal`(text: String, shown: String) {
    #expect(TerminalText.neutralised(text) == shown)
  }

  @Test(arguments: [
    ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
    ("\" onload=\"x&amp;", "&quot; onload=&quot;x&amp;amp;"), ("a\n\tb\u{202E}", "a\n\tb\\u202E"),
    ("é", "é"),
  ])
  func `is no markup in a page`(text: String, shown: String) {
    #expect(HTMLText.escaped(text) == shown)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("a\nb", "\"a\nb\""),
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"),
    ("\r=1", "\"'\r=1\""), ("=A1,B1", "\"'=A1,B1\""), ("a=1", "a=1"), ("", ""),
  ])
  func `is no formula in a spreadsheet`(text: String, cell: String) {
    var bytes: [UInt8] = []
    CSVText.append(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == cell)
  }
}
