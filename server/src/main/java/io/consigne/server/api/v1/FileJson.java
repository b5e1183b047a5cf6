package io.consigne.server.api.v1;

import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.FileAttributes;
import io.consigne.core.tree.StoredFile;
import io.consigne.server.http.MediaTypes;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Files as {@code file/ls.cgi}, {@code folder/ls.cgi} and {@code file/info.cgi} show them. */
final class FileJson {
  private FileJson() {}

  /**
   * The members that every listing has: {@code url}, {@code filename}, {@code size} (number),
   * {@code date}, {@code checksum} (Whirlpool), {@code content-type}, {@code pass}, {@code acl},
   * {@code cdn} (0/1), and beyond 1fichier's {@code sha256} and {@code modified}.
   */
  static void item(JsonGenerator json, StoredFile file, String url) {
    common(json, file, url);
    json.writeNumberProperty("acl", bit(file.attributes().isRestricted()));
  }

  /** The members of {@code file/info.cgi}; some only for the owner. */
  static void info(JsonGenerator json, StoredFile file, String url, boolean own) {
    common(json, file, url);
    FileAttributes attributes = file.attributes();
    json.writeStringProperty("content_type", MediaTypes.of(file.name().value()));
    json.writeStringProperty("description", attributes.description());
    json.writeNumberProperty("no_ssl", bit(attributes.noSsl()));
    json.writeNumberProperty("inline", bit(attributes.inline()));
    if (own && attributes.isRestricted()) {
      rules(json, attributes.rules());
    }
  }

  private static void common(JsonGenerator json, StoredFile file, String url) {
    if (!url.isEmpty()) {
      json.writeStringProperty("url", url);
    }
    json.writeStringProperty("filename", file.name().value());
    json.writeNumberProperty("size", file.size());
    json.writeStringProperty("date", ParisTime.write(file.uploaded()));
    json.writeStringProperty("modified", ParisTime.write(file.modified()));
    json.writeStringProperty("checksum", file.whirlpool());
    json.writeStringProperty("sha256", file.sha256());
    json.writeStringProperty("content-type", MediaTypes.of(file.name().value()));
    json.writeNumberProperty("pass", bit(file.attributes().password() != null));
    json.writeNumberProperty("cdn", bit(file.attributes().cdn()));
    if (file.removalOrNull() != null) {
      json.writeStringProperty("removal", ParisTime.write(file.removalOrNull()));
    }
  }

  private static void rules(JsonGenerator json, AccessRules rules) {
    json.writeObjectPropertyStart("acl");
    list(json, "ip", rules.networks());
    list(json, "country", rules.countries());
    list(json, "email", rules.emails());
    json.writeNumberProperty("premium", bit(rules.premium()));
    rules.expires().ifPresent(end -> json.writeStringProperty("expires", KeyJson.time(end)));
    json.writeEndObject();
  }

  private static void list(JsonGenerator json, String name, List<String> values) {
    if (!values.isEmpty()) {
      json.writeArrayPropertyStart(name);
      values.forEach(json::writeString);
      json.writeEndArray();
    }
  }

  /** A flag as this wire has it. */
  static int bit(boolean flag) {
    return flag ? 1 : 0;
  }
}
