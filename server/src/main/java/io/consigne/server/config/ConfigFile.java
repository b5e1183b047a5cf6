package io.consigne.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options from a file in {@link FlatToml}. */
final class ConfigFile {
  private final Path file;

  ConfigFile(Path file) {
    this.file = file;
  }

  Map<Option<?>, Given> options() {
    var given = new LinkedHashMap<Option<?>, Given>();
    for (FlatToml.Entry entry : entries()) {
      String source = file + " line " + entry.line();
      Option<?> option = option(entry.key(), source);
      if (given.put(option, new Given(entry.text(), source)) != null) {
        throw new ConfigException("%s is given twice (from %s)".formatted(entry.key(), source));
      }
    }
    return given;
  }

  private Iterable<FlatToml.Entry> entries() {
    try {
      return FlatToml.read(Files.readString(file));
    } catch (FlatToml.SyntaxException e) {
      throw new ConfigException("%s line %d: %s".formatted(file, e.line(), e.getMessage()));
    } catch (CharacterCodingException _) {
      throw new ConfigException("the configuration file is not in UTF-8: " + file);
    } catch (IOException _) {
      throw new ConfigException("the configuration file cannot be read: " + file);
    }
  }

  private static Option<?> option(String key, String source) {
    return Options.ALL.stream()
        .filter(option -> option.name().equals(key))
        .findFirst()
        .orElseThrow(() ->
            new ConfigException(
                "unknown option %s%s (from %s)"
                    .formatted(
                        key,
                        Names.suggestion(key, Options.ALL.stream().map(Option::name).toList()),
                        source)));
  }
}
