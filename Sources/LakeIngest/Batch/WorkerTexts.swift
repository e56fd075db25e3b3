/// The distinct texts that a worker has seen since its rows were last written, each with a code.
final class WorkerTexts {
  private(set) var regions = ByteDictionary()
  private(set) var sources = ByteDictionary()
  /// One for each extra column of text of the rows that are parsed, in the order of their places.
  private(set) var extras: [ByteDictionary] = []
  private var layout = ExtraLayout.none
  /// A chunk of another layout is parsed while the rows before it are still to be written: each layout has
  /// dictionaries of its own.
  private var dictionaries: [ExtraLayout: [ByteDictionary]] = [:]

  /// Makes ready for rows of this layout.
  func prepare(_ layout: ExtraLayout) {
    guard self.layout != layout else { return }
    self.layout = layout
    extras = dictionaries[layout] ?? layout.textPlaces.map { _ in ByteDictionary() }
    dictionaries[layout] = extras
  }

  /// Those of the rows of a layout; `nil` where there is no such row.
  func extras(of layout: ExtraLayout) -> [ByteDictionary]? { dictionaries[layout] }

  /// Forgets all texts; codes given out before mean nothing any more.
  func removeAll() {
    regions.removeAll()
    sources.removeAll()
    dictionaries = dictionaries.filter { $0.key == layout }
    for dictionary in extras { dictionary.removeAll() }
  }
}
