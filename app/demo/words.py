"""What invented people write in their own words: Indonesian, as most respondents do."""

from __future__ import annotations

from typing import Any

NEEDS: dict[str, tuple[str, ...]] = {
    "device": (
        "Kursi roda saya sudah rusak dan bengkel terdekat ada di kota.",
        "Saya butuh tongkat baru yang pas dengan tinggi badan saya.",
        "Alat bantu dengar saya mati sejak tahun lalu. Harganya tidak terjangkau.",
    ),
    "health_care": (
        "Terapi hanya ada di rumah sakit kabupaten. Ongkosnya berat kalau setiap minggu.",
        "Semoga puskesmas bisa datang ke desa untuk pemeriksaan.",
    ),
    "job": (
        "Saya lulus SMA dan ingin bekerja, tetapi lowongan selalu mensyaratkan sehat jasmani.",
        "Saya bisa menjahit. Saya mencari tempat kerja yang mau menerima.",
    ),
    "capital": (
        "Saya punya warung kecil. Dengan tambahan modal saya bisa berjualan pulsa juga.",
        "Saya ingin belajar mengatur uang usaha dan menjual lewat internet.",
    ),
    "skills": (
        "Saya ingin ikut pelatihan komputer dengan pembaca layar.",
        "Pelatihan biasanya jauh. Kalau diadakan di kecamatan saya pasti ikut.",
    ),
    "docs": (
        "Saya belum punya KTP karena sulit datang ke kantor. Semoga ada perekaman di rumah.",
        "Kartu keluarga belum diperbarui sejak kami pindah.",
    ),
    "social_aid": (
        "Bantuan datang dua kali setahun. Kami tidak tahu cara memperbarui data.",
        "Nama saya belum masuk daftar penerima bantuan, padahal sudah didata.",
    ),
    "transport": (
        "Tidak ada angkutan dari dusun ke puskesmas. Kami menyewa motor tetangga.",
        "Bus belum punya jalur naik untuk kursi roda.",
    ),
    "building": (
        "Balai desa punya tangga tinggi. Saya hanya bisa ikut rapat dari luar.",
        "Jalan depan rumah licin kalau hujan.",
    ),
    "interpreter": (
        "Di kantor desa tidak ada yang bisa bahasa isyarat. Saya selalu membawa adik.",
        "Semoga pertemuan desa memakai juru bahasa isyarat.",
    ),
    "caregiver": (
        "Saya merawat anak sendirian. Saya butuh kelompok orang tua untuk saling menguatkan.",
    ),
    "school": (
        "Anak saya ingin sekolah di dekat rumah bersama teman-temannya.",
        "Guru perlu dilatih supaya anak saya bisa mengikuti pelajaran.",
    ),
    "info_rights": (
        "Informasi bantuan hanya ada di grup WhatsApp yang tidak saya ikuti.",
        "Saya ingin tahu hak saya dengan bahasa yang mudah.",
    ),
    "voice": ("Kami pernah mengusulkan jalan landai, tetapi belum ada jawaban dari desa.",),
    "mental": ("Saya ingin bisa bercerita kepada orang yang mengerti, tanpa dihakimi.",),
    "prepare": (
        "Waktu banjir saya tidak mendengar pengumuman. Saya perlu tanda yang bisa dilihat.",
    ),
}
IMPROVE = (
    "Undangan sebaiknya dikirim lebih awal dan ada versi suara.",
    "Juru bahasa isyarat perlu duduk di tempat yang terang.",
    "Waktunya terlalu lama. Perlu lebih banyak istirahat.",
    "Toilet ada tangganya, jadi saya harus dibantu.",
    "Semoga hasil pertemuan dikirim kepada peserta.",
    "Materi cetak hurufnya terlalu kecil.",
    "Sudah baik. Semoga ada kegiatan lanjutan di kecamatan.",
    "Peserta perempuan perlu diberi kesempatan bicara lebih banyak.",
)
OTHER_SUPPORT = (
    "Makanan tanpa kacang.",
    "Saya perlu duduk dekat pintu.",
    "Tolong jemput di terminal.",
    "Saya minum obat jam dua belas siang.",
)
NICKNAMES = (
    "Siti", "Budi", "Rini", "Agus", "Wati", "Hasan", "Yuli", "Dewi", "Slamet", "Nur", "Ana",
    "Fajar", "Lestari", "Rofi", "Ida", "Bayu",
)  # fmt: skip
ACTIVITIES: dict[str, str] = {
    "musdes-2026": "Musyawarah Desa Inklusif",
    "latih-bencana": "Latihan Siaga Bencana untuk Semua",
    "temu-dinas": "Temu Warga dan Dinas Sosial",
}
ABOUT_ACTIVITIES: dict[str, dict[str, Any]] = {
    "musdes-2026": {
        "place": "Balai desa contoh", "kabkota": "Kabupaten Situbondo",
        "organiser": "Perkumpulan Contoh (data buatan)", "attendance": 64,
        "agenda": "Advokasi kebijakan"},
    "latih-bencana": {
        "place": "Lapangan contoh", "kabkota": "Kabupaten Bondowoso",
        "organiser": "Relawan Contoh Siaga", "attendance": 51,
        "agenda": "Peningkatan kapasitas kelembagaan"},
    "temu-dinas": {
        "place": "Aula contoh", "kabkota": "Kabupaten Situbondo",
        "organiser": "Perkumpulan Contoh (data buatan)", "attendance": 0,
        "agenda": "Layanan langsung untuk warga"},
}  # fmt: skip
"""By the id of an activity; of the last one nobody has counted who came."""
ACTIONS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "id": (
        ("Banyak orang belum punya alat bantu.",
         "Dinas membuka pendataan kebutuhan alat bantu di setiap kecamatan.",
         "Dinas Sosial (contoh)", "Maret 2027", "Advokasi kebijakan"),
        ("Biaya dan jarak adalah hambatan terbesar.",
         "Puskesmas keliling datang ke desa paling sedikit satu kali sebulan.",
         "Dinas Kesehatan (contoh)", "Januari 2027", "Layanan langsung untuk warga"),
        ("Sedikit orang ikut menentukan keputusan.",
         "Setiap desa mengundang penyandang disabilitas ke musyawarah desa.",
         "Pemerintah desa, dengan pendampingan anggota", "Juli 2027",
         "Peningkatan kapasitas kelembagaan"),
    ),
    "en": (
        ("Many people lack an assistive device.",
         "The office registers needs for devices in every subdistrict.",
         "Social Affairs Office (example)", "March 2027", "Policy advocacy"),
        ("Cost and distance are the biggest barriers.",
         "A mobile health centre visits each village at least once a month.",
         "Health Office (example)", "January 2027", "Direct service to people"),
        ("Few people have a say in decisions.",
         "Every village invites persons with disabilities to its deliberation.",
         "Village governments, supported by members", "July 2027",
         "Institutional capacity building"),
    ),
}  # fmt: skip
"""Finding, action, who, when, agenda."""
TERMS = (
    "Hubungi kami lewat WhatsApp. Bawa kartu identitas jika ada.",
    "Datang langsung pada hari kerja. Kami siapkan pendamping.",
    "Daftar paling lambat satu minggu sebelumnya.",
)
OFFERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Yayasan Contoh Langkah Bersama": (
        "Kursi roda dan servis keliling", "oms_legal", ("device", "building")),
    "Forum Contoh Perempuan Pesisir": (
        "Kelompok saling dukung untuk perempuan", "oms_informal", ("peer", "mental")),
    "Universitas Contoh Tapal Kuda": (
        "Pendampingan usaha dan pelatihan komputer", "university", ("skills", "capital", "job")),
    "Dinas Contoh Kependudukan": (
        "Perekaman KTP di rumah", "government", ("docs",)),
    "Radio Contoh Suara Desa": (
        "Siaran tentang hak warga", "media", ("info_rights", "voice")),
    "Komunitas Contoh Tuli Jatim": (
        "Juru bahasa isyarat untuk pertemuan desa", "oms_informal", ("interpreter", "info_rights")),
    "Lembaga Contoh Bantuan Hukum": (
        "Konsultasi hukum gratis", "oms_legal", ("legal", "voice")),
    "Dana Contoh Peduli": (
        "Beasiswa dan alat sekolah", "philanthropy", ("school", "device")),
    "Puskesmas Contoh Keliling": (
        "Pemeriksaan mata dan telinga di desa", "government", ("health_care",)),
    "Relawan Contoh Siaga": (
        "Latihan siaga bencana untuk keluarga", "oms_informal", ("prepare", "caregiver")),
}  # fmt: skip
"""Organisation → title of its offer, kind of organisation, needs. Each calls itself an example."""
