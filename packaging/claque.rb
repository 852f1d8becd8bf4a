# Homebrew's formula; url and sha256 are those of a release (make dist prints neither:
# sha256sum claque-0.1.0.tar.xz).
class Claque < Formula
  desc "Terminal workbench that finds coordinated inauthentic behaviour"
  homepage "https://claque.invalid/"
  url "https://claque.invalid/claque-0.1.0.tar.xz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on "curl"
  depends_on "expat"
  depends_on "icu4c"
  depends_on "jansson"
  depends_on "leptonica"
  depends_on "libarchive"
  depends_on "libcsv"
  depends_on "libpsl"
  depends_on "libsodium"
  depends_on "ncurses"
  depends_on "pcre2"
  depends_on "sqlite"

  def install
    # libcsv comes without a file for pkg-config.
    ENV.append "CPPFLAGS", "-I#{Formula["libcsv"].opt_include}"
    ENV.append "LDFLAGS", "-L#{Formula["libcsv"].opt_lib}"
    system "./configure", *std_configure_args
    system "make", "install"
  end

  test do
    (testpath/"posts.csv").write <<~CSV
      post_id,account_id,created_at,type,ref_post_id,text
      1,ann,2023-01-01T00:00:00Z,original,,hello
      2,bob,2023-01-01T00:00:10Z,reshare,1,
    CSV
    system bin/"claque", "import", "a.claque", "posts.csv"
    assert_match "whole", shell_output("#{bin}/claque verify a.claque")
    system ENV.cc, "-o", "example", "#{doc}/example.c", "-I#{include}", "-L#{lib}", "-lclaque"
    system "./example"
  end
end
