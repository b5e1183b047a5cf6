package io.consigne.e2e.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.e2e.kill.Shelf.Item;
import io.consigne.e2e.kill.Shelf.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One client of an account, with a folder of its own in it. It sends one request after the other,
 * and knows what it has: what was answered, and perhaps what was not.
 */
final class Client {
  private final String name;
  private final String key;
  private final String setting;
  private final Names names;
  private final long top;
  private Shelf shelf;
  private Places places;
  private Wire wire;
  private volatile @Nullable Deed pending;
  private int answered;
  private final Map<Deed.Kind, Integer> carriedOut = new EnumMap<>(Deed.Kind.class);

  /**
   * Begins with an empty folder.
   *
   * @param key of its account
   * @param setting of its account, which no other client changes
   */
  Client(String url, String name, String key, String setting) throws IOException {
    this.name = name;
    this.key = key;
    this.setting = setting;
    this.names = new Names(name);
    this.wire = new Wire(url, key);
    this.top = wire.call("folder/mkdir.cgi", Map.of("name", name)).path("folder_id").asLong();
    Look look = Look.at(wire, top, setting);
    this.shelf = look.shelf();
    this.places = look.places();
  }

  /** Changes what it has until the host is killed. */
  void work(Random random, Moment killed) {
    var deeds = new Deeds(random, names, setting);
    while (!killed.hasCome()) {
      Deed deed = deeds.draw(shelf);
      pending = deed;
      killed.begins(deed);
      try {
        deed.send(wire, places);
      } catch (IOException e) {
        if (!killed.hasCome()) {
          throw new AssertionError(name + ": no answer to " + deed, e);
        }
        return;
      }
      shelf = deed.after();
      answered++;
      pending = null;
    }
  }

  /** What it wants changed and has no answer to. */
  Optional<Deed> pending() {
    return Optional.ofNullable(pending);
  }

  /** How many requests were answered. */
  int answered() {
    return answered;
  }

  /** How many requests of a kind were not answered, but carried out. */
  int carriedOut(Deed.Kind kind) {
    return carriedOut.getOrDefault(kind, 0);
  }

  /** The bytes of all its files. */
  long usedBytes() {
    return shelf.usedBytes();
  }

  /**
   * Compares with the host what it has, and sends an upload again that was not answered.
   *
   * @return how many files it downloaded
   */
  int recover(String url) throws IOException {
    wire = new Wire(url, key);
    Look look = Look.at(wire, top, setting);
    Deed deed = pending;
    pending = null;
    if (deed != null) {
      boolean done = look.shelf().equals(deed.after());
      if (done) {
        if (!deed.after().equals(shelf)) {
          carriedOut.merge(deed.kind(), 1, Integer::sum);
        }
        shelf = deed.after();
      }
      if (deed instanceof Deed.Posting posting) {
        compare(look.shelf(), deed);
        posting.sendAgain(done, wire, look.places());
        shelf = posting.after();
        look = Look.at(wire, top, setting);
      }
    }
    compare(look.shelf(), deed);
    places = look.places();
    return downloads();
  }

  private void compare(Shelf found, @Nullable Deed deed) {
    if (!found.equals(shelf)) {
      throw new AssertionError(
          name
              + " has:"
              + difference(found, shelf)
              + "\nand should have:"
              + difference(shelf, found)
              + "\nnot answered was: "
              + deed);
    }
  }

  private static String difference(Shelf one, Shelf other) {
    Set<Object> only = new TreeSet<>(Comparator.comparing(Object::toString));
    only.addAll(one.folders().entrySet());
    only.addAll(one.files().entrySet());
    only.removeAll(new ArrayList<>(other.folders().entrySet()));
    only.removeAll(new ArrayList<>(other.files().entrySet()));
    return only + ", " + setting(one);
  }

  private static String setting(Shelf shelf) {
    return "setting " + shelf.setting();
  }

  private int downloads() throws IOException {
    for (Map.Entry<String, Item> entry : shelf.files().entrySet()) {
      Item item = entry.getValue();
      String link = places.link(entry.getKey());
      assertThat(wire.download(link))
          .as(name + ": " + item)
          .isEqualTo(new Wire.Download(200, item.size(), item.sha256()));
      if (item.note().locked()) {
        assertThat(wire.open(link, Note.password(entry.getKey()))).as(item.name()).isEqualTo(302);
      }
    }
    return shelf.files().size();
  }

  /** What the host says that its account uses. */
  long charged() throws IOException {
    return wire.call("user/info.cgi", Map.of()).path("cold_storage").asLong();
  }
}
