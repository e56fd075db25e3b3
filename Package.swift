// swift-tools-version: 6.2
import PackageDescription

/// Links the static library of a Debian package: a program without shared libraries of its own starts sooner.
func archive(_ name: String) -> [LinkerSetting] {
  [.unsafeFlags(["-Xlinker", "-l:lib\(name).a"])]
}

/// How the program starts soon, a question being answered in a few milliseconds: the code lies at a fixed address, so
/// the loader has none of its 23,000 pointers to adjust; C++ and compiler support are linked in (see
/// `Sources/CPlusPlus`); no name of the program is there for a library to look up; what questions run lies side by side
/// (`formats/decisions/0014`); and the linker writes the program, where it would map it: what is written lies on large
/// pages in the system's memory, of which a start maps more at once.
let quickStart: [LinkerSetting] = [
  .unsafeFlags([
    "-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc",
    "-L", "\(Context.packageDirectory)/Sources/CPlusPlus", "-Xlinker", "--no-export-dynamic",
    "-Xlinker",
    "--section-ordering-file=\(Context.packageDirectory)/Sources/triplake/questions.order",
    "-Xlinker", "--no-mmap-output-file",
  ])
]

/// What `LakeExport` calls of the program's SQLite. The extension, which has that of its host, never comes there.
let absent = [
  "auto_extension", "bind_double", "bind_int64", "bind_null", "bind_text64",
  "cancel_auto_extension", "close", "close_v2", "column_blob", "column_bytes", "column_count",
  "column_double", "column_int64", "column_type", "db_config", "db_handle", "errmsg", "finalize",
  "libversion", "open", "open_v2", "prepare_v3", "reset", "step",
]

/// How the extension stays alone in its host: it brings the Swift runtime along, but no SQLite, and shows nothing but
/// its entry points.
let selfContained: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-Xclang-linker", "-static-libgcc",
      "-L", "\(Context.packageDirectory)/Sources/CPlusPlus",
      "-L", "\(Context.packageDirectory)/Sources/TriplakeSQLite/Absent",
      "-Xlinker",
      "--version-script=\(Context.packageDirectory)/Sources/TriplakeSQLite/exports.map",
      "-Xlinker", "--gc-sections", "-Xlinker", "-z", "-Xlinker", "defs",
    ] + absent.flatMap { ["-Xlinker", "--defsym=sqlite3_\($0)=0"] })
]

let package = Package(
  name: "triplake",
  products: [
    .executable(name: "triplake", targets: ["triplake"]),
    .library(name: "triplake_sqlite", type: .dynamic, targets: ["TriplakeSQLite"]),
  ],
  targets: [
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CPostgres"),
    .systemLibrary(name: "CVector"),
    .systemLibrary(name: "CLinux"),

    .target(name: "TripModel"),
    // The compiler of C headers unrolls the loops of xxHash only if it is told to optimise.
    .target(
      name: "LakeBytes", dependencies: ["CXXHash"],
      swiftSettings: [.unsafeFlags(["-Xcc", "-O2"], .when(configuration: .release))]),
    .target(
      name: "LakeColumns",
      dependencies: ["LakeBytes", "TripModel", "CZstd", "CVector"],
      swiftSettings: [.enableExperimentalFeature("Lifetimes")],
      linkerSettings: archive("zstd")),
    .target(name: "LakeFile", dependencies: ["LakeColumns", "LakeBytes", "TripModel"]),
    .target(name: "LakeStore", dependencies: ["LakeFile", "LakeBytes", "TripModel", "CLinux"]),
    .target(name: "LakeAVX512", dependencies: ["CVector"]),
    .target(
      name: "LakeIngest",
      dependencies: [
        "LakeAVX512", "LakeStore", "LakeFile", "LakeColumns", "LakeBytes", "TripModel", "CVector",
        "CZlib", "CZstd",
      ],
      linkerSettings: archive("z")),
    .target(
      name: "LakeQuery",
      dependencies: ["LakeStore", "LakeFile", "LakeColumns", "LakeBytes", "TripModel"]),
    .target(
      name: "LakeExport",
      dependencies: ["LakeQuery", "LakeStore", "LakeBytes", "TripModel", "CSQLite", "CPostgres"],
      linkerSettings: archive("sqlite3")),
    .target(
      name: "LakeSQL",
      dependencies: [
        "LakeQuery", "LakeExport", "LakeStore", "LakeColumns", "LakeBytes", "TripModel",
        "CSQLite",
      ]),
    .target(name: "LakeNotify", dependencies: ["LakeStore", "LakeBytes", "TripModel", "CCurl"]),
    .target(name: "LakeBench", dependencies: ["LakeStore", "LakeBytes", "TripModel", "CLinux"]),
    .target(
      name: "LakeCommands",
      dependencies: [
        "LakeBench", "LakeIngest", "LakeExport", "LakeSQL", "LakeNotify", "LakeQuery", "LakeStore",
        "LakeFile", "LakeColumns", "LakeBytes", "TripModel", "CLinux",
      ]),
    .executableTarget(
      name: "triplake",
      dependencies: ["LakeCommands", "CVector"], exclude: ["questions.order"],
      swiftSettings: [.unsafeFlags(["-static-stdlib", "-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-static-stdlib"])] + quickStart),

    .target(
      name: "TriplakeSQLite", dependencies: ["LakeSQL", "CVector"],
      exclude: ["exports.map", "Absent"],
      swiftSettings: [.unsafeFlags(["-static-stdlib"])], linkerSettings: selfContained),

    .target(
      name: "LakeTestSupport",
      dependencies: ["LakeStore", "LakeFile", "LakeColumns", "LakeBytes", "TripModel"],
      path: "Tests/LakeTestSupport"),
    .testTarget(name: "TripModelTests", dependencies: ["TripModel", "LakeTestSupport"]),
    .testTarget(name: "LakeBytesTests", dependencies: ["LakeBytes", "LakeTestSupport"]),
    .testTarget(
      name: "LakeColumnsTests",
      dependencies: ["LakeColumns", "LakeBytes", "TripModel", "LakeTestSupport"]),
    .testTarget(
      name: "LakeFileTests",
      dependencies: ["LakeFile", "LakeColumns", "LakeBytes", "TripModel", "LakeTestSupport"]),
    .testTarget(
      name: "LakeStoreTests",
      dependencies: [
        "LakeStore", "LakeFile", "LakeColumns", "LakeBytes", "TripModel", "LakeTestSupport",
      ]),
    .testTarget(
      name: "LakeIngestTests",
      dependencies: [
        "LakeIngest", "LakeAVX512", "LakeStore", "LakeFile", "LakeColumns", "LakeBytes",
        "TripModel", "LakeTestSupport",
      ]),
    .testTarget(
      name: "LakeQueryTests",
      dependencies: [
        "LakeQuery", "LakeIngest", "LakeStore", "LakeFile", "LakeColumns", "LakeBytes", "TripModel",
        "LakeTestSupport",
      ]),
    .testTarget(
      name: "LakeExportTests",
      dependencies: [
        "LakeExport", "LakeQuery", "LakeIngest", "LakeStore", "LakeBytes", "TripModel",
        "LakeTestSupport",
        "CSQLite",
      ]),
    .testTarget(
      name: "LakeSQLTests",
      dependencies: [
        "LakeSQL", "LakeExport", "LakeQuery", "LakeStore", "TripModel", "LakeTestSupport",
      ]),
    .testTarget(
      name: "LakeNotifyTests",
      dependencies: ["LakeNotify", "LakeStore", "LakeBytes", "TripModel", "LakeTestSupport"]),
    .testTarget(
      name: "LakeBenchTests",
      dependencies: ["LakeBench", "LakeBytes", "TripModel", "LakeTestSupport"]),
    .testTarget(
      name: "LakeCommandsTests",
      dependencies: [
        "LakeCommands", "LakeBench", "LakeNotify", "LakeSQL", "LakeStore", "TripModel",
        "LakeTestSupport",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

/// Vector instructions of x86-64 processors since 2013; the program checks that it is on one. What is called only where the
/// processor is found to have more (Ice Lake, Zen 4 and later) is a target of its own.
func processor(of target: Target) -> [SwiftSetting] {
  #if arch(x86_64)
    let flags =
      target.name == "LakeAVX512"
      ? ["-march=x86-64-v4", "-mavx512vbmi", "-mavx512vbmi2"] : ["-march=x86-64-v3"]
    return [.unsafeFlags(flags.flatMap { ["-Xcc", $0] })]
  #else
    return []
  #endif
}

for target in package.targets where target.type != .system {
  var settings = (target.swiftSettings ?? []) + processor(of: target)
  // What tests call is optimised in a release build; they themselves are not, which would take longer than it saves.
  if target.type == .test {
    settings.append(.unsafeFlags(["-Onone"], .when(configuration: .release)))
  }
  settings += [
    // So that the linker can put them in order, and leave out what nothing calls.
    .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]
  target.swiftSettings = settings
}
