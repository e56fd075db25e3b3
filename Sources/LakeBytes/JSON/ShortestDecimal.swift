extension Double {
  /// The shortest decimal that reads back to the same bits, without a needless `.0`: `5.6`, `20`, `-0`,
  /// `1e+16`, `5e-324`. Not finite values are `nan`, `inf` and `-inf`.
  package var shortestDecimal: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
