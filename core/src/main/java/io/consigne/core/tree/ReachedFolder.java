package io.consigne.core.tree;

import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;

/**
 * A folder as one caller reaches it.
 *
 * @param id the folder
 * @param owner the account that owns it
 * @param own whether the caller is that account
 * @param writable whether the caller may change what is in it
 * @param hideLinks whether the caller is not shown the links of its files
 */
record ReachedFolder(
    FolderId id, AccountId owner, boolean own, boolean writable, boolean hideLinks) {}
