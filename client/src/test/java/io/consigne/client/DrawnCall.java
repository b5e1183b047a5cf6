package io.consigne.client;

import io.consigne.client.model.AccessRules;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder.Guest;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of an account of the stand-in; what was drawn may be there or not.
 *
 * @param name of the call
 * @param words what is asked
 */
record DrawnCall(String name, Words words) {
  private static final int KINDS = 19;
  private static final int FILES = 60;
  private static final int FOLDERS = 14;

  /** The call. */
  @FunctionalInterface
  interface Words {
    /** Asks, and tells the answer as text. */
    String ask(Client client, URI host) throws IOException;
  }

  /** A call that answers nothing. */
  @FunctionalInterface
  private interface Order {
    void give(Client client) throws IOException;
  }

  private static DrawnCall order(String name, Order order) {
    return new DrawnCall(
        name,
        (client, _) -> {
          order.give(client);
          return "done";
        });
  }

  /** Draws one; its new names are made of {@code number}. */
  static DrawnCall draw(Random random, int number) {
    int kind = random.nextInt(KINDS);
    return kind < 7 ? ofFiles(kind, random, number) : ofFolders(kind, random, number);
  }

  private static DrawnCall ofFiles(int kind, Random random, int number) {
    List<FileLink> links = List.of(link(random), link(random));
    FolderId target = folder(random);
    String name = random.nextInt(3) == 0 ? "same" : "file " + number;
    FileChange change = change(random);
    return switch (kind) {
      case 0 -> order("file/mv", client -> client.files().move(links, target));
      case 1 ->
          order("file/rename", client -> client.files().rename(Map.of(links.getFirst(), name)));
      case 2 ->
          new DrawnCall(
              "file/cp", (client, _) -> client.files().copy(links, target, null).toString());
      case 3 -> order("file/chattr", client -> client.files().change(links, change));
      case 4 -> order("file/rm", client -> client.files().remove(links));
      case 5 ->
          new DrawnCall("file/info", (client, _) -> shown(client.files().info(links.getFirst())));
      default ->
          new DrawnCall(
              "check_links",
              (client, _) ->
                  client.links().check(links.stream().map(FileLink::url).toList()).toString());
    };
  }

  private static FileChange change(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> FileChange.NONE.describedAs("words " + random.nextInt(2));
      case 1 -> FileChange.NONE.shownInline(random.nextBoolean());
      default ->
          FileChange.NONE
              .lockedBy("secret-" + random.nextInt(2))
              .openTo(new AccessRules(List.of(), List.of("FR"), List.of(), false));
    };
  }

  private static DrawnCall ofFolders(int kind, Random random, int number) {
    FolderId folder = folder(random);
    FolderId target = folder(random);
    String name = "folder " + number;
    String password = random.nextBoolean() ? "secret-1" : null;
    return switch (kind) {
      case 7, 8 ->
          new DrawnCall(
              "folder/mkdir", (client, _) -> client.folders().make(target, name).toString());
      case 9 -> order("folder/mv", client -> client.folders().move(folder, target));
      case 10 -> order("folder/mv rename", client -> client.folders().rename(folder, name));
      case 11 -> order("folder/rm", client -> client.folders().remove(folder));
      case 12 ->
          new DrawnCall("folder/share", (client, _) -> client.folders().publish(folder, password));
      case 13 -> order("folder/share 0", client -> client.folders().unpublish(folder));
      case 14 ->
          order(
              "folder/share guests",
              client ->
                  client
                      .folders()
                      .share(
                          folder, List.of(new Guest("bob@example.org", number % 2 == 0, false))));
      case 15 ->
          new DrawnCall(
              "remote/request",
              (client, _) -> {
                String source = "https://files.example.org/fetched-" + number;
                return "" + client.remoteUploads().add(List.of(source), target, Map.of()).id();
              });
      default -> looking(kind, random, folder, password);
    };
  }

  private static DrawnCall looking(
      int kind, Random random, FolderId folder, @Nullable String password) {
    long request = 1L + random.nextInt(6);
    return switch (kind) {
      case 16 ->
          new DrawnCall(
              "dir",
              (client, host) ->
                  client.links().folder(host.resolve("/dir/D" + folder), password).toString());
      case 17 -> order("remote/info", client -> client.remoteUploads().get(request));
      default ->
          new DrawnCall(
              "file/ls",
              (client, _) ->
                  client.files().list(folder, null, null).stream()
                      .map(RemoteFile::name)
                      .toList()
                      .toString());
    };
  }

  private static String shown(FileDetails details) {
    return details.file().name() + " " + details.description() + " " + details.file().place();
  }

  private static FileLink link(Random random) {
    return new FileLink("https://1fichier.com/?f%019d".formatted(1 + random.nextInt(FILES)));
  }

  private static FolderId folder(Random random) {
    return random.nextInt(5) == 0 ? FolderId.ROOT : new FolderId(1_000 + random.nextInt(FOLDERS));
  }
}
