#!/usr/bin/env bash
# Pack build/dist/amana (see freeze.sh) into build/amana_VERSION_ARCH.deb.
set -eu
cd "$(dirname "$0")/.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
architecture=$(dpkg --print-architecture)
root=build/deb
package=build/amana_${version}_${architecture}.deb

rm -rf "$root"
mkdir -p "$root"/DEBIAN "$root"/opt "$root"/usr/bin "$root"/usr/share/{applications,doc/amana}
cp -r build/dist/amana "$root"/opt/amana
ln -s /opt/amana/amana "$root"/usr/bin/amana
cp LICENSE "$root"/usr/share/doc/amana/copyright
cp installer/release_notes.md "$root"/usr/share/doc/amana/

cat >"$root"/usr/share/applications/amana.desktop <<'ENTRY'
[Desktop Entry]
Type=Application
Name=Amana
Name[ar]=أمانة
Name[ckb]=ئەمانە
Comment=Pharmacy and store of a clinic
Comment[ar]=صيدلية العيادة ومخزنها
Comment[fr]=Pharmacie et magasin d’un centre de santé
Exec=/opt/amana/amana
Terminal=false
Categories=Office;MedicalSoftware;
ENTRY

cat >"$root"/DEBIAN/control <<CONTROL
Package: amana
Version: $version
Architecture: $architecture
Maintainer: Amana <amana@localhost>
Installed-Size: $(du -sk "$root"/opt | cut -f1)
Section: science
Priority: optional
Depends: libc6 (>= 2.34), libgl1, libegl1, libglib2.0-0 | libglib2.0-0t64, libdbus-1-3,
 libxkbcommon0, libfontconfig1, libcups2 | libcups2t64, libxcb-cursor0, libxcb-icccm4,
 libxcb-keysyms1, libxcb-shape0, libxcb-xkb1, libxkbcommon-x11-0
Recommends: libwayland-cursor0, libwayland-egl1
Description: Pharmacy and store of a clinic
 Stock by batch and expiry, dispensing, receiving by barcode and reorder forms,
 in English, Arabic, Kurdish (Sorani) and French.
CONTROL

dpkg-deb --root-owner-group -Zxz -z3 --build "$root" "$package"
ls -sh "$package"
