/**
 * Taking files in: one upload is one POST of up to 500 files, known by its id.
 *
 * <p><b>Receiving.</b> Bytes go into the store as they come, and through SHA-256 on other threads.
 * A content of up to 128 KiB is held in memory until its end and shares a store file with the other
 * small ones of its upload; a larger one gets a store file of its own. The memory of all uploads
 * together is bounded; when that for small contents is used up, they are treated as large ones.
 *
 * <p><b>Room.</b> What the commit would refuse is not written to the disk first. While a file of
 * more than 64 KiB comes in, the quota of whoever is to pay is asked after each 64 MiB, and where
 * less is left, after that; once there is no room for what has come, the file is thrown away, as
 * one that is too large. Who is to pay say the fields that came before; if none names a folder, the
 * sender, or else the one with the most room of those who let the sender put files into a folder of
 * theirs: no file is thrown away that the commit would keep. All uploads to one account may have
 * twice together what it has left. What is asked holds nothing: the commit decides anew. A database
 * that is away is asked later.
 *
 * <p><b>Keeping.</b> At the commit, and not before, the folder, its owner, the sender's rights and
 * the owner's quota are looked at, file by file:
 *
 * <ol>
 *   <li>The database is asked for old copies of the same bytes; those are read from begin to end.
 *   <li>The store files that are needed are committed together, sharing syncs. An upload of what is
 *       there already commits none.
 *   <li>One transaction decides anew, and enters store files, contents, files and the report. If it
 *       needs bytes that were not committed, because an old copy went away meanwhile, it is undone,
 *       and step 2 is made up for.
 *   <li>Store files that were not entered are deleted.
 * </ol>
 *
 * <p>Then the upload is answered. A crash before the end of step 3 leaves store files that no row
 * knows, which are swept away at the next start. When it is not known whether the transaction took
 * effect, its store files stay until then.
 *
 * <p><b>Rot.</b> An old copy that cannot be read is replaced by the new one in the same
 * transaction, for every content that is made of it.
 */
@NullMarked
package io.consigne.core.uploads;

import org.jspecify.annotations.NullMarked;
