package io.consigne.core.uploads;

import io.consigne.core.accounts.Setting;
import io.consigne.core.blobs.Compaction;
import io.consigne.core.ids.LinkId;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFiles;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A change that users ask for, or the collection and compaction of what they removed.
 *
 * @param name what it is
 * @param made makes in a scene what the change needs, and returns the change
 */
record Act(String name, Function<Scene, Runnable> made) {
  /** All kinds of them. */
  static final List<Act> ALL =
      List.of(
          new Act("upload small", scene -> () -> scene.upload(2_000)),
          new Act("upload large", scene -> () -> scene.upload(300_000)),
          new Act("upload many", scene -> () -> scene.upload(10, 0, 150_000, 70_000)),
          new Act(
              "upload again",
              scene -> {
                byte[] bytes = scene.bytes(200_000);
                scene.host.keep(scene.alice, scene.name(), bytes);
                return () -> scene.host.keep(scene.alice, scene.name(), bytes);
              }),
          new Act(
              "upload over damage",
              scene -> {
                byte[] bytes = scene.bytes(200_000);
                LinkId damaged = scene.upload(bytes);
                scene.damage(damaged);
                return () -> scene.host.keep(scene.alice, scene.name(), bytes);
              }),
          new Act(
              "rename",
              scene -> {
                LinkId file = scene.upload(10);
                var rename = new StoredFiles.Rename(file, new FileName(scene.name()));
                return () -> scene.host.files.rename(scene.alice, List.of(rename));
              }),
          new Act(
              "move",
              scene -> {
                List<LinkId> files = List.of(scene.upload(10), scene.upload(20));
                FolderRef folder = scene.folder();
                return () -> scene.host.files.move(scene.alice, files, folder, null);
              }),
          new Act(
              "move to another owner",
              scene -> {
                LinkId file = scene.upload(10);
                return () -> scene.host.files.move(scene.alice, List.of(file), scene.bobs, null);
              }),
          new Act(
              "copy",
              scene -> {
                LinkId file = scene.upload(10);
                var source = scene.host.files.get(scene.alice, FileRef.of(file)).file();
                FolderRef folder = scene.folder();
                return () -> scene.host.copy(scene.alice, List.of(source), folder, null);
              }),
          new Act(
              "describe",
              scene -> {
                LinkId file = scene.upload(10);
                var change =
                    new AttributeChange(
                        new FileName(scene.name()),
                        scene.name(),
                        AttributeChange.PasswordChange.KEEP,
                        new AttributeChange.Flags(true, null, null),
                        null);
                return () -> scene.host.files.change(scene.alice, List.of(file), change);
              }),
          new Act(
              "remove",
              scene -> {
                List<LinkId> files = List.of(scene.upload(10), scene.upload(200_000));
                return () -> scene.host.files.remove(scene.alice, files);
              }),
          new Act("make folder", scene -> () -> scene.folder()),
          new Act(
              "move folder",
              scene -> {
                FolderRef folder = scene.folder();
                FolderRef to = scene.folder();
                return () ->
                    scene.host.folders.move(scene.alice, folder, to, new FileName(scene.name()));
              }),
          new Act(
              "remove folder",
              scene -> {
                FolderRef folder = scene.folder();
                return () -> scene.host.folders.remove(scene.alice, folder);
              }),
          new Act(
              "change settings",
              scene -> {
                Map<Setting, Long> settings =
                    Map.of(Setting.PAGE_LIMIT, scene.number(), Setting.FTP_DID, scene.number());
                return () -> scene.host.accounts.setSettings(scene.alice, settings);
              }),
          new Act(
              "change password",
              scene -> {
                String hash = scene.name();
                return () -> scene.host.accounts.setPassword(scene.alice.account(), hash);
              }),
          new Act(
              "collect",
              scene -> {
                List<LinkId> files = List.of(scene.upload(10), scene.upload(200_000));
                scene.host.files.remove(scene.alice, files);
                return () -> scene.host.collect();
              }),
          new Act(
              "compact",
              scene -> {
                LinkId most = scene.upload(120_000, 1000);
                scene.host.files.remove(scene.alice, List.of(most));
                scene.host.collect();
                UploadHost host = scene.host;
                return () -> new Compaction(host.database, host.blobs, host.clock).round();
              }));

  /** Whether users see the change. */
  boolean isSeen() {
    return !name.equals("collect") && !name.equals("compact");
  }

  @Override
  public String toString() {
    return name;
  }
}
