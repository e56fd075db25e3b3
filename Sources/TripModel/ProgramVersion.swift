/// The version of the program and of all that is built with it.
package enum ProgramVersion {
  package static let text = "0.1.0"
}
