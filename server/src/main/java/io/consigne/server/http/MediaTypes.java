package io.consigne.server.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Content types by the extension of a file's name; contents are not looked at. */
public final class MediaTypes {
  /** The type of whatever has no known extension. */
  public static final String UNKNOWN = "application/octet-stream";

  /** A type a line, then its extensions. */
  private static final String TABLE =
      """
      application/epub+zip epub
      application/gzip gz tgz
      application/java-archive jar
      application/json json map
      application/msword doc dot
      application/ogg ogx
      application/pdf pdf
      application/pgp-encrypted gpg pgp
      application/pgp-signature asc sig
      application/postscript ps eps ai
      application/rtf rtf
      application/sql sql
      application/toml toml
      application/vnd.amazon.ebook azw azw3
      application/vnd.android.package-archive apk
      application/vnd.apple.installer+xml mpkg
      application/vnd.apple.mpegurl m3u8
      application/vnd.comicbook+zip cbz
      application/vnd.comicbook-rar cbr
      application/vnd.debian.binary-package deb
      application/vnd.microsoft.portable-executable exe dll
      application/vnd.ms-excel xls
      application/vnd.ms-fontobject eot
      application/vnd.ms-outlook msg
      application/vnd.ms-powerpoint ppt pps
      application/vnd.oasis.opendocument.presentation odp
      application/vnd.oasis.opendocument.spreadsheet ods
      application/vnd.oasis.opendocument.text odt
      application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
      application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
      application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
      application/vnd.rar rar
      application/vnd.sqlite3 sqlite sqlite3
      application/wasm wasm
      application/x-7z-compressed 7z
      application/x-apple-diskimage dmg
      application/x-bittorrent torrent
      application/x-bzip2 bz2 tbz2
      application/x-cpio cpio
      application/x-iso9660-image iso
      application/x-lzma lzma
      application/x-mobipocket-ebook mobi prc
      application/x-msi msi
      application/x-ndjson ndjson
      application/x-rpm rpm
      application/x-sh sh
      application/x-subrip srt
      application/x-tar tar
      application/x-tex tex
      application/x-xz xz txz
      application/xhtml+xml xhtml xht
      application/xml xml xsl xsd
      application/yaml yaml yml
      application/zip zip
      application/zstd zst
      audio/aac aac
      audio/ac3 ac3
      audio/aiff aif aiff
      audio/amr amr
      audio/basic au snd
      audio/flac flac
      audio/matroska mka
      audio/midi mid midi
      audio/mp4 m4a m4b
      audio/mpeg mp3 mp2
      audio/ogg ogg oga opus spx
      audio/wav wav
      audio/x-ape ape
      audio/x-mpegurl m3u
      audio/x-ms-wma wma
      font/otf otf
      font/ttf ttf
      font/woff woff
      font/woff2 woff2
      image/apng apng
      image/avif avif
      image/bmp bmp
      image/gif gif
      image/heic heic
      image/heif heif
      image/jp2 jp2
      image/jpeg jpg jpeg jpe jfif
      image/jxl jxl
      image/png png
      image/svg+xml svg svgz
      image/tiff tif tiff
      image/vnd.adobe.photoshop psd
      image/vnd.djvu djvu djv
      image/vnd.microsoft.icon ico cur
      image/webp webp
      image/x-adobe-dng dng
      image/x-canon-cr2 cr2
      image/x-nikon-nef nef
      image/x-sony-arw arw
      image/x-xcf xcf
      message/rfc822 eml
      model/gltf-binary glb
      model/obj obj
      model/stl stl
      text/calendar ics
      text/css css
      text/csv csv
      text/html html htm
      text/javascript js mjs
      text/markdown md markdown
      text/plain txt text log nfo ini conf cfg diff patch sha256 md5 sfv
      text/tab-separated-values tsv
      text/vcard vcf
      text/vtt vtt
      text/x-c c h
      text/x-java java
      text/x-python py
      text/x-ssa ass ssa
      video/3gpp 3gp
      video/mp2t ts m2ts mts
      video/mp4 mp4 m4v
      video/mpeg mpg mpeg vob
      video/ogg ogv
      video/quicktime mov qt
      video/webm webm
      video/x-flv flv
      video/x-matroska mkv
      video/x-ms-asf asf
      video/x-ms-wmv wmv
      video/x-msvideo avi divx
      """;

  private static final Map<String, String> BY_EXTENSION = byExtension();
  private static final Set<String> INLINE = inline();

  private MediaTypes() {}

  /** The type for a file of that name, by what follows its last dot, in any case. */
  public static String of(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
    boolean hasExtension = extension.length() < fileName.length();
    return hasExtension
        ? BY_EXTENSION.getOrDefault(extension.toLowerCase(Locale.ROOT), UNKNOWN)
        : UNKNOWN;
  }

  /**
   * Whether a browser may show contents of that type as a page of this host: pictures, sound and
   * film of the table above, and plain text, none of which can run anything.
   *
   * <p>HTML, XML, SVG and scripts can, and are not among them. Neither is PDF: viewers run scripts
   * in it, and Chromium shows none under the sandbox that every download carries, so that a
   * download serves better.
   *
   * @param type with or without parameters, in any case
   */
  public static boolean isSafeInline(String type) {
    int semicolon = type.indexOf(';');
    String bare = semicolon < 0 ? type : type.substring(0, semicolon);
    return INLINE.contains(bare.strip().toLowerCase(Locale.ROOT));
  }

  private static Map<String, String> byExtension() {
    var types = new HashMap<String, String>();
    TABLE
        .lines()
        .map(line -> line.split(" "))
        .forEach(words -> {
          for (int i = 1; i < words.length; i++) {
            if (types.putIfAbsent(words[i], words[0]) != null) {
              throw new AssertionError("extension is there twice: " + words[i]);
            }
          }
        });
    return Map.copyOf(types);
  }

  private static Set<String> inline() {
    var types = new HashSet<String>();
    for (String type : BY_EXTENSION.values()) {
      boolean isMedia =
          type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/");
      if (type.equals("text/plain") || (isMedia && !type.endsWith("+xml"))) {
        types.add(type);
      }
    }
    return Set.copyOf(types);
  }
}
