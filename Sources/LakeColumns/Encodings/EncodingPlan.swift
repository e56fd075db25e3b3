/// An encoding chosen for a page, with its parameters.
enum EncodingPlan: Hashable {
  case constant(ConstantPage)
  case frameOfReference(FrameOfReference)
  case orderedFloat(OrderedFloat)
  case dictionary(DictionaryPage)
  case raw
  case decimalFloat(DecimalFloat)

  var encoding: PageEncoding {
    switch self {
    case .constant: .constant
    case .frameOfReference: .frameOfReference
    case .orderedFloat: .orderedFloat
    case .dictionary: .dictionary
    case .raw: .raw
    case .decimalFloat: .decimalFloat
    }
  }

  /// The size of the page's body, known before it is encoded.
  func byteCount(count: Int) -> Int {
    switch self {
    case .constant(let page): page.byteCount
    case .frameOfReference(let page): page.byteCount(count: count)
    case .orderedFloat(let page): page.byteCount(count: count)
    case .dictionary(let page): page.byteCount(count: count)
    case .raw: RawPage.byteCount(count: count)
    case .decimalFloat(let page): page.byteCount(count: count)
    }
  }

  /// Whether a general compressor may find more to save. Wide packed numbers are noise to it.
  var mayCompressFurther: Bool {
    switch self {
    case .constant: false
    case .frameOfReference(let page): page.width <= 16
    case .orderedFloat(let page): page.width <= 16
    case .decimalFloat(let page): page.width <= 16
    case .dictionary, .raw: true
    }
  }
}
