package io.consigne.client.model;

import org.jspecify.annotations.Nullable;

/**
 * All that a host says of one file.
 *
 * @param file as in listings
 * @param description the owner's words
 * @param inline whether browsers show it in place
 * @param rules who may open the link, and until when; null if there are none, or they are not the
 *     caller's to know
 */
public record FileDetails(
    RemoteFile file, String description, boolean inline, @Nullable AccessRules rules) {}
