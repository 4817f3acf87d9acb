import Testing
import YAML

@Suite struct `Variables in a YAML text` {
  private let variables = ["NAME": "value", "EMPTY": "", "TRICKY": "a: ${NAME} #", "_x1": "y"]

  /// Expands one quoted scalar and returns its text and the problems.
  private func expand(_ text: String) throws -> (text: String?, problems: [String]) {
    let problems = ProblemList()
    let node = YAMLNode(.scalar(YAMLNode.Scalar(text: text)), at: Place(line: 1, column: 1))
    let expanded = node.expandingVariables(path: "key", problems: problems) { variables[$0] }
    guard case .scalar(let scalar) = expanded.content else { return (nil, []) }
    return (scalar.text, problems.problems.map(\.description))
  }

  @Test(arguments: [
    ("${NAME}", "value"), ("a ${NAME} b ${_x1}${EMPTY}", "a value b y"),
    ("${TRICKY}", "a: ${NAME} #"),
    ("$ConnectionString", "$ConnectionString"), ("$", "$"), ("cost: 5$", "cost: 5$"),
    ("$$", "$$"), ("$${NAME}", "${NAME}"), ("$$${NAME}", "$${NAME}"), ("{NAME}", "{NAME}"),
    ("", ""),
  ])
  func `are replaced, and nothing else is`(text: String, expected: String) throws {
    let (result, problems) = try expand(text)
    #expect(result == expected)
    #expect(problems == [])
  }

  @Test func `that are not set are problems with their names`() throws {
    let (result, problems) = try expand("${MISSING} and ${ALSO_MISSING}")
    #expect(result == "${MISSING} and ${ALSO_MISSING}")
    #expect(
      problems == [
        "1:1: key: the variable MISSING is not set. Set it in the environment.",
        "1:1: key: the variable ALSO_MISSING is not set. Set it in the environment.",
      ])
  }

  @Test(arguments: ["${", "${}", "${NAME", "${1A}", "${NAME:-x}", "${A B}", "a${ NAME }"])
  func `without a proper name are problems`(text: String) throws {
    let (result, problems) = try expand(text)
    #expect(result == text)
    #expect(
      problems == [
        "1:1: key: '${' is not followed by a name and '}'. Write '$${' for the characters '${'."
      ])
  }

  @Test func `are found in lists and tables, but not in keys`() throws {
    let problems = ProblemList()
    let node = try YAMLReader.read("a:\n  - {b: '${MISSING}'}\n  - '${NAME}'\n${NAME}: c")
    let expanded = node.expandingVariables(problems: problems) { variables[$0] }
    #expect(
      problems.problems.map(\.description) == [
        "2:9: a[0].b: the variable MISSING is not set. Set it in the environment."
      ])
    let table = TableReader(expanded, problems: problems)
    #expect(table.keys == ["a", "${NAME}"])
  }

  @Test func `may be empty without being missing, and are not shown in messages`() throws {
    let problems = ProblemList()
    let node = try YAMLReader.read("port: ${NAME}\nname: ${EMPTY}\nword: ${NAME}")
    let table = TableReader(
      node.expandingVariables(problems: problems) { variables[$0] }, problems: problems)
    #expect(table.required("port", .int) == nil)
    #expect(table.required("name", .anyText) == "")
    #expect(table.required("word", .choice(["values", "other"])) == nil)
    #expect(
      problems.problems.map(\.description) == [
        "1:7: port: expected a whole number.", "3:7: word: expected values, other.",
      ])
  }
}
