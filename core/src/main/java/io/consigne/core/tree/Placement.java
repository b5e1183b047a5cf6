package io.consigne.core.tree;

import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;

/**
 * A folder that the caller may put things into.
 *
 * @param folder the folder
 * @param owner its owner, who is charged
 */
public record Placement(FolderId folder, AccountId owner) {}
