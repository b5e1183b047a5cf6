package io.consigne.fuzz;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The inputs that are kept for a target, in the order of their names. */
final class KeptInputs {
  private KeptInputs() {}

  static List<byte[]> of(Class<?> target) throws IOException, URISyntaxException {
    String folder = target.getSimpleName() + "Inputs/fuzz";
    var place = requireNonNull(target.getResource(folder), folder + " is missing");
    var inputs = new ArrayList<byte[]>();
    try (var files = Files.list(Path.of(place.toURI()))) {
      for (Path file : files.sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    return inputs;
  }
}
