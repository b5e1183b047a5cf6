package io.consigne.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Flags, variables and a file, to be read into a configuration. */
final class ConfigFixture {
  private final Path folder;
  private final Map<Option<?>, Given> flags = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();

  ConfigFixture(Path folder) {
    this.folder = folder;
  }

  ConfigFixture flag(Option<?> option, String value) {
    flags.put(option, new Given(value, option.flag()));
    return this;
  }

  ConfigFixture variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  ConfigFixture file(String content) throws IOException {
    return file(ConfigSources.DEFAULT_FILE, content);
  }

  ConfigFixture file(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
    return this;
  }

  HostConfig read() {
    return new ConfigSources(flags, null, variables, folder).read();
  }

  HostConfig read(Path file) {
    return new ConfigSources(flags, file, variables, folder).read();
  }
}
