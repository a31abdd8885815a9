"""Opens what a run wrote in QGIS and asserts that it is styled and plays.

    check.py FOLDER DAY DAY [PNG PNG]

The folder is that of a run with --format geojson,qgz; the two days are days of it on which statuses differ. The map of each
is rendered, and written where names are given. Ends with "ok", or with the first assertion that does not hold.
"""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsDateTimeRange,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime  # noqa: E402

STATUSES = {"taliban", "contested", "claimed_taliban", "claimed_government", "government"}


def midnight(day):
    return QDateTime(QDate.fromString(day, "yyyy-MM-dd"), QTime(0, 0), Qt.UTC)


def check_style(layer, what):
    assert layer.isValid(), f"{what} does not load"
    assert layer.crs().authid() == "EPSG:4326", f"{what} is in {layer.crs().authid()}"
    renderer = layer.renderer()
    assert renderer.type() == "categorizedSymbol", f"{what} is drawn as {renderer.type()}"
    assert layer.labelsEnabled(), f"{what} has no labels"
    colours = {}
    for category in renderer.categories():
        symbol = category.symbol()
        assert symbol is not None and symbol.symbolLayerCount() > 0, f"{what}: {category.label()} has no symbol"
        values = category.value() if isinstance(category.value(), list) else [category.value()]
        colours.update({value: (symbol.symbolLayer(0).color().name(), symbol.symbolLayerCount()) for value in values})
    return colours


def check_statuses(colours, what, hatched):
    assert STATUSES <= set(colours), f"{what} knows only {sorted(colours)}"
    assert colours["taliban"][0] != colours["government"][0], f"{what}: all of one colour"
    if hatched:
        assert colours["contested"][1] == 2 and colours["claimed_taliban"][1] == 2, f"{what} has no hatch"


def check_layer(source, base, name):
    layer = QgsVectorLayer(source, name, "ogr")
    colours = check_style(layer, source)
    assert layer.featureCount() > 0, f"{source} is empty"
    if base == "events":
        assert set(colours) >= {f["kind"] for f in layer.getFeatures()}, f"{source}: a kind has no marker"
    else:
        check_statuses(colours, source, base == "areas")
    dates = {"events": ["event_date", "end_date"]}.get(base, ["valid_from", "valid_to"])
    for field in dates:
        at = layer.fields().indexOf(field)
        assert at >= 0 and layer.fields().at(at).typeName() == "Date", f"{source}: {field} is no date"
    return layer


def check_project(path):
    project = QgsProject.instance()
    assert project.read(path), f"{path} does not open"
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    assert len(layers) == 5, f"the project has {sorted(layers)}"
    for layer in layers.values():
        assert layer.isValid(), f"{layer.name()} does not load from {layer.source()}"
    spans = QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromExpressions
    for name in ["Events", "Towns and bases", "Control as reported"]:
        temporal = layers[name].temporalProperties()
        assert temporal.isActive() and temporal.mode() == spans, f"{name} has no days"
    assert project.crs().isValid() and not project.crs().isGeographic(), "the project has no projection"
    assert project.title(), "the project has no title"
    time = project.timeSettings()
    assert not time.temporalRange().isInfinite(), "the project has no range of days"
    assert time.timeStep() == 1, f"a step is {time.timeStep()}"
    return project


def visible(layer, day):
    """The features that a layer shows on a day, each with its status."""
    from qgis.core import QgsFeatureRequest, QgsVectorLayerTemporalContext

    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    start = midnight(day)
    span = QgsDateTimeRange(start, start.addDays(1), True, False)
    wanted = layer.temporalProperties().createFilterString(context, span)
    return [feature for feature in layer.getFeatures(QgsFeatureRequest().setFilterExpression(wanted))]


def render(project, day):
    settings = QgsMapSettings()
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setBackgroundColor(project.backgroundColor())
    settings.setLayers([layer for layer in project.layerTreeRoot().layerOrder()])
    settings.setExtent(project.viewSettings().defaultViewExtent())
    settings.setOutputSize(QSize(1200, 900))
    settings.setOutputDpi(96)
    start = midnight(day)
    settings.setIsTemporal(True)
    settings.setTemporalRange(QgsDateTimeRange(start, start.addDays(1), True, False))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors(), [error.message for error in job.errors()]
    return job.renderedImage()


def main(folder, days, pictures):
    for base in ["events", "places", "areas"]:
        geopackage = check_layer(f"{folder}/naqsha.gpkg|layername={base}", base, base)
        whole = check_layer(f"{folder}/{base}.geojson", base, base)
        assert geopackage.featureCount() == whole.featureCount(), f"{base}: the layers do not agree"
        check_layer(f"{folder}/{days[0]}/{days[0]}-{base}.geojson", base, base)
    project = check_project(f"{folder}/timeline.qgz")
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    for day in days:
        areas = visible(layers["Control as reported"], day)
        units = [feature["unit_id"] for feature in areas]
        assert len(units) == len(set(units)), f"a unit stands twice on {day}"
        told = QgsVectorLayer(f"{folder}/{day}/{day}-areas.geojson", "day", "ogr")
        wanted = {(f["id"], f["status"]) for f in told.getFeatures()}
        assert {(f["unit_id"], f["status"]) for f in areas} == wanted, f"the areas of {day} are not those of its file"
        told = QgsVectorLayer(f"{folder}/{day}/{day}-events.geojson", "day", "ogr")
        wanted = {f["id"] for f in told.getFeatures()}
        shown = {f["event_id"] for f in visible(layers["Events"], day)}
        assert shown == wanted, f"the events of {day} are not those of its file"
    images = [render(project, day) for day in days]
    for image, picture in zip(images, pictures):
        assert image.save(picture), picture
    assert images[0] != images[1], "the two days look the same"
    print("ok")


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    main(sys.argv[1], sys.argv[2:4], sys.argv[4:6])
    QgsProject.instance().clear()
    application.exitQgis()
