package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.links.Visitor;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.server.http.Origin;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One authenticated call of a {@code /v1} endpoint.
 *
 * @param access who calls
 * @param address where the caller is
 * @param origin how the caller reaches this host
 * @param hosts under which the caller may know this host
 * @param body the request's members
 */
record Call(
    Access access, InetAddress address, Origin origin, Set<String> hosts, JsonRequest body) {
  /** The caller as somebody who comes with a link and the password in {@code pass}. */
  Visitor visitor() {
    return new Visitor(access, address, body.filled("pass").orElse(null));
  }

  /**
   * The folder that a member names; 0, or an absent member, is the caller's root, or that of the
   * account that {@code userField} names by e-mail.
   */
  FolderRef folder(String field, String userField) {
    long id = body.number(field).orElse(0L);
    if (id < 0) {
      throw new Failure.NotFound().asException();
    }
    if (id > 0) {
      return FolderRef.of(new FolderId(id));
    }
    return body.filled(userField).<FolderRef>map(FolderRef.RootOf::new).orElse(FolderRef.ROOT);
  }

  /** The file that {@code url}, or {@code folder_id} with {@code filename}, names. */
  FileRef file() {
    Optional<String> url = body.filled("url");
    if (url.isPresent() || !body.has("filename")) {
      return FileRef.of(LinkAddress.parse("url", url.orElseGet(() -> body.required("url"))));
    }
    return new FileRef.ByName(
        folder("folder_id", "sharing_user"), FileName.parse(body.required("filename")));
  }

  /** The files that {@code urls} names, at least one. */
  List<LinkId> links() {
    List<String> urls = body.texts("urls").orElse(List.of());
    return checked("urls", urls).stream().map(url -> LinkAddress.parse("urls", url)).toList();
  }

  /** Refuses an empty list, and one that is too long. */
  static <T> List<T> checked(String field, List<T> items) {
    if (items.isEmpty()) {
      throw new Failure.Invalid(field, "", "is missing").asException();
    }
    if (items.size() > WireLimits.FILES_PER_CALL) {
      throw new Failure.TooLarge(field, items.size(), WireLimits.FILES_PER_CALL).asException();
    }
    return items;
  }

  /** The new name of the only file of a call; empty if there is none. */
  Optional<FileName> newName(String field, int files) {
    Optional<FileName> name = body.filled(field).map(FileName::parse);
    if (name.isPresent() && files > 1) {
      throw new Failure.Invalid(field, name.get().value(), "goes with one url only").asException();
    }
    return name;
  }

  /** The address of a file on this host. */
  String url(LinkId link) {
    return LinkAddress.of(origin.url(), link);
  }

  @Override
  public String toString() {
    return "Call[" + access + "]";
  }
}
