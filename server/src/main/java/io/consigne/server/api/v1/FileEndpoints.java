package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.links.Links;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.CopySource;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.tree.StoredFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code /v1/file/*.cgi}, but for the listing. */
final class FileEndpoints {
  private final StoredFiles files;
  private final Links links;
  private final AttributeRequest attributes;

  FileEndpoints(StoredFiles files, Links links, AttributeRequest attributes) {
    this.files = files;
    this.links = links;
    this.attributes = attributes;
  }

  Map<String, Endpoint> routes() {
    return Map.of(
        "file/info.cgi", this::info,
        "file/rm.cgi", this::remove,
        "file/mv.cgi", this::move,
        "file/rename.cgi", this::rename,
        "file/cp.cgi", this::copy,
        "file/chattr.cgi", this::change);
  }

  private Endpoint.Answer info(Call call) {
    FileRef ref = call.file();
    Links.Opened opened = links.open(ref, call.visitor());
    boolean linked = ref instanceof FileRef.ByLink || opened.own();
    String url = linked ? call.url(opened.file().link()) : "";
    return json -> {
      FileJson.info(json, opened.file(), url, opened.own());
      if (opened.own()) {
        json.writeNumberProperty("folder_id", folderId(call, opened.file()));
        json.writeStringProperty("path", opened.path());
      }
    };
  }

  private static long folderId(Call call, StoredFile file) {
    return file.folder().equals(call.access().root()) ? 0 : file.folder().value();
  }

  private Endpoint.Answer remove(Call call) {
    List<JsonRequest> wanted =
        Call.checked("files", call.body().objects("files").orElse(List.of()));
    var codes = new LinkedHashMap<LinkId, String>();
    var own = new ArrayList<LinkId>();
    for (JsonRequest file : wanted) {
      LinkId link = LinkAddress.parse("url", file.required("url"));
      file.filled("code").ifPresentOrElse(code -> codes.put(link, code), () -> own.add(link));
    }
    List<LinkId> removed = links.remove(call.access(), codes, own);
    return json -> counted(json, call, "removed", removed);
  }

  private Endpoint.Answer move(Call call) {
    List<LinkId> wanted = call.links();
    if (call.body().number("destination_folder_id").isEmpty()) {
      throw new Failure.Invalid("destination_folder_id", "", "is missing").asException();
    }
    Optional<FileName> name = call.newName("rename", wanted.size());
    List<StoredFile> moved =
        files.move(
            call.access(),
            wanted,
            call.folder("destination_folder_id", "destination_user"),
            name.orElse(null));
    return json -> {
      counted(json, call, "moved", moved.stream().map(StoredFile::link).toList());
      name.ifPresent(given -> json.writeStringProperty("filename", given.value()));
    };
  }

  private Endpoint.Answer rename(Call call) {
    List<StoredFiles.Rename> wanted =
        Call.checked("urls", call.body().objects("urls").orElse(List.of())).stream()
            .map(one ->
                new StoredFiles.Rename(
                    LinkAddress.parse("url", one.required("url")),
                    FileName.parse(one.required("filename"))))
            .toList();
    List<StoredFiles.Renamed> renamed = files.rename(call.access(), wanted);
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeNumberProperty("renamed", renamed.size());
      json.writeArrayPropertyStart("urls");
      for (StoredFiles.Renamed one : renamed) {
        json.writeStartObject();
        json.writeStringProperty("url", call.url(one.after().link()));
        json.writeStringProperty("old_filename", one.before().name().value());
        json.writeStringProperty("new_filename", one.after().name().value());
        json.writeEndObject();
      }
      json.writeEndArray();
    };
  }

  private Endpoint.Answer copy(Call call) {
    List<LinkId> wanted = call.links();
    Optional<FileName> name = call.newName("rename", wanted.size());
    if (call.body().filled("pass").isPresent() && wanted.size() > WireLimits.PASSWORDS_PER_CALL) {
      throw new Failure.TooLarge("urls", wanted.size(), WireLimits.PASSWORDS_PER_CALL)
          .asException();
    }
    List<CopySource> sources =
        wanted.stream().map(link -> links.open(FileRef.of(link), call.visitor()).source()).toList();
    List<StoredFile> copies =
        files.copy(
            call.access(), sources, call.folder("folder_id", "sharing_user"), name.orElse(null));
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeNumberProperty("copied", copies.size());
      json.writeArrayPropertyStart("urls");
      for (int i = 0; i < copies.size(); i++) {
        json.writeStartObject();
        json.writeStringProperty("from_url", call.url(wanted.get(i)));
        json.writeStringProperty("to_url", call.url(copies.get(i).link()));
        json.writeEndObject();
      }
      json.writeEndArray();
      name.ifPresent(given -> json.writeStringProperty("filename", given.value()));
    };
  }

  private Endpoint.Answer change(Call call) {
    List<LinkId> wanted = call.links();
    AttributeChange change =
        attributes.read(
            call.body(),
            call.newName("filename", wanted.size()).orElse(null),
            call.body().object("acl").map(acl -> rules(acl)).orElse(null));
    List<LinkId> changed = files.change(call.access(), wanted, change);
    return json -> counted(json, call, "updated", changed);
  }

  private AccessRules rules(JsonRequest acl) {
    return attributes.rules(acl);
  }

  private static void counted(JsonGenerator json, Call call, String count, List<LinkId> changed) {
    Endpoint.Answer.ok(json);
    json.writeNumberProperty(count, changed.size());
    json.writeArrayPropertyStart("urls");
    changed.forEach(link -> json.writeString(call.url(link)));
    json.writeEndArray();
  }
}
