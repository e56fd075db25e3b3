/// The distinct texts that a worker has seen since its rows were last written, each with a code.
final class WorkerTexts {
  private(set) var regions = ByteDictionary()
  private(set) var sources = ByteDictionary()
  /// One for each extra column of text, in the order of their places.
  private(set) var extras: [ByteDictionary] = []
  private var layout = ExtraLayout.none

  /// Makes ready for rows of this layout.
  func prepare(_ layout: ExtraLayout) {
    guard self.layout != layout else { return }
    self.layout = layout
    extras = layout.textPlaces.map { _ in ByteDictionary() }
  }

  /// Forgets all texts; codes given out before mean nothing any more.
  func removeAll() {
    regions.removeAll()
    sources.removeAll()
    for dictionary in extras { dictionary.removeAll() }
  }
}
