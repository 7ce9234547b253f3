package dev.latchkey.sandbox.fhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/// A transaction bundle with synthetic data that comes with the sandbox.
///
/// @param file name of the gzipped JSON file on the class path
/// @param sha256 digest of the JSON, in hexadecimal
record SyntheticBundle(String file, String sha256) {

  private static final String FOLDER = "/synthea/";

  /// All bundles in the order of loading: the first holds what the others refer to, the last groups
  /// of patients, and each of the others one patient.
  static List<SyntheticBundle> all() throws IOException {
    try (var index = resource("index.json")) {
      var bundles = new ObjectMapper().readTree(index).required("bundles");
      return StreamSupport.stream(bundles.spliterator(), false)
          .map(
              bundle ->
                  new SyntheticBundle(
                      bundle.required("file").asText(), bundle.required("sha256").asText()))
          .toList();
    }
  }

  /// Opens the FHIR JSON.
  InputStream open() throws IOException {
    return new GZIPInputStream(resource(file));
  }

  /// The name of its loading in the record of finished steps; other content is another step.
  String step() {
    return file + " " + sha256;
  }

  private static InputStream resource(String name) throws IOException {
    var stream = SyntheticBundle.class.getResourceAsStream(FOLDER + name);
    if (stream == null) {
      throw new FileNotFoundException("The class path has no " + FOLDER + name);
    }
    return stream;
  }
}
