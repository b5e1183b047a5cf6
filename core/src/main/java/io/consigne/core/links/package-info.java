/** What opens a file or a folder to others: links, public folders, download tokens. */
@NullMarked
package io.consigne.core.links;

import org.jspecify.annotations.NullMarked;
