"""A press release in French of an invented association."""

from pathlib import Path

from word import Letter, at

PARAGRAPHS = (
    "La Maison des Plumes a appris avec consternation la condamnation, le 22 avril 2025, de Téodan"
    " Marrec, éditeur de l’hebdomadaire La Lanterne du Port, à neuf ans de prison pour « publications"
    " portant atteinte à l’ordre public ».",
    "Le procès s’est tenu à huis clos. Ni sa famille ni un avocat de son choix n’ont pu y assister."
    " Quatre articles ont suffi pour condamner un homme qui, pendant vingt-neuf ans, a donné la parole"
    " à ceux que l’on n’écoute pas.",
    "Son avocate, Me Yasmira Tolène, a disparu le 4 mars 2025 à la sortie du tribunal de Selk. Sept"
    " semaines plus tard, les autorités d’Orvénie nient toujours la détenir.",
    "Nous n’oublions pas les pasteurs Dawin Okarel, Sefa Lindoro et Lhasel, arrêtés le 9 mars à"
    " Ostrey à la fin du culte. Deux d’entre eux sont encore détenus au centre de Kestrel Point ; le"
    " troisième, malade, est assigné à résidence.",
    "« On enferme un éditeur, on fait disparaître celle qui le défend, puis l’on s’étonne que le banc"
    " de la défense soit vide », a déclaré Solène Arvandie, présidente de la Maison des Plumes.",
)
DEMANDS = (
    "la libération immédiate et sans condition de Téodan Marrec ;",
    "la vérité sur le sort de Me Yasmira Tolène ;",
    "l’accès de médecins indépendants à toutes les personnes détenues au bloc C de Kestrel Point.",
)


def french(text: str) -> str:
    """Spaces that do not break, where French sets them."""
    for mark in ";:»?!":
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0")


def write(path: Path) -> None:
    title = "Neuf ans de prison pour avoir publié"
    letter = Letter(title, "Maison des Plumes", "fr-FR", at(2025, 4, 24))
    letter.header("Maison des Plumes · Communiqué de presse")
    letter.heading(title, 0)
    letter.paragraph("Valmire, le 24 avril 2025")
    for text in PARAGRAPHS:
        letter.paragraph(french(text))
    letter.paragraph(french("La Maison des Plumes demande :"))
    for demand in DEMANDS:
        letter.paragraph(french(demand), "List Bullet")
    letter.paragraph(french("Contact presse : presse@maison-des-plumes.example"))
    letter.save(path)
