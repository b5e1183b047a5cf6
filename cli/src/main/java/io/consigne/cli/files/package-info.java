/** The commands about files and folders. */
@NullMarked
package io.consigne.cli.files;

import org.jspecify.annotations.NullMarked;
