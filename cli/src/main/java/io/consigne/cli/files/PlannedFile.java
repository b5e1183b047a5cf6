package io.consigne.cli.files;

import io.consigne.client.model.FileLink;
import io.consigne.client.transfer.UploadSource;
import java.util.List;

/**
 * A file on its way up.
 *
 * @param from where it is, as its owner named it
 * @param source with the name that it gets
 * @param replaced what it takes the place of
 */
record PlannedFile(String from, UploadSource source, List<FileLink> replaced) {}
