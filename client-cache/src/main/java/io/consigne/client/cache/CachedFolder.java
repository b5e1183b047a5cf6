package io.consigne.client.cache;

import io.consigne.client.model.FolderId;

/**
 * A folder that is known.
 *
 * @param id its identity
 * @param path from the root of the account, without slashes at its ends; empty for the root
 * @param owned whether it is the account's own, and not shared by another
 */
public record CachedFolder(FolderId id, String path, boolean owned) {}
